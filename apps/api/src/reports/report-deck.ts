import type { MadeReport, ReportRow } from '@retainer/core';

import type { Brand } from '../exports/brand/brand.ts';
import type { Deck } from '../exports/deck/deck.ts';
import { showDates, showInstant } from '../exports/figures/show-dates.ts';
import { platformName } from './platform-name.ts';
import { breakdownSlide } from './slides/breakdown.ts';
import { driversSlide } from './slides/drivers.ts';
import { headlineSlide } from './slides/headline.ts';
import { outcomesSlide } from './slides/outcomes.ts';
import { returnSlide } from './slides/return.ts';

/** A report as its client reads it: the message first. It says what its content holds and works out nothing more. */
export function reportDeck({ content, madeAt }: MadeReport, brand: Brand): Deck {
  const { client, figures, period } = content;
  const slides = [
    headlineSlide(content),
    outcomesSlide(content),
    breakdownSlide(figures.platforms?.map(named), { topic: 'Platforms', column: 'Platform' }),
    returnSlide(content),
    driversSlide(content),
    breakdownSlide(figures.campaigns, { topic: 'Campaigns', column: 'Campaign' }),
    breakdownSlide(figures.contentTypes, { topic: 'Content types', column: 'Content type' }),
  ];
  return {
    title: `${client.name}, ${showDates(period)}`,
    brand,
    footer: footerOf({ content, madeAt }),
    slides: slides.filter((slide) => slide !== undefined),
  };
}

/** A platform by the name that people know it by. */
function named(row: ReportRow): ReportRow {
  return { ...row, label: platformName(row.label) };
}

function footerOf({ content, madeAt }: Pick<MadeReport, 'content' | 'madeAt'>): string {
  const { period, comparison, timeZone, currency } = content;
  return [
    showDates(period),
    ...(comparison ? [`Compared with ${showDates(comparison)}`] : []),
    timeZone,
    currency,
    `Numbers as of ${showInstant(madeAt, timeZone)}`,
  ].join('  ·  ');
}
