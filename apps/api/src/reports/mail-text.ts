import type { MadeReport, ReportContent } from '@retainer/core';

import { showDates, showInstant } from '../exports/figures/show-dates.ts';
import { showCount, showMoney, showPercent } from '../exports/figures/show.ts';
import { OUTCOME_NAMES, OUTCOMES } from './kpi-words.ts';
import { valueSentence } from './value-sentence.ts';

/** The words of a mail. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** What a report's mail says for itself; the whole of it is in the file that comes with it. */
export function mailText({ content, madeAt }: MadeReport): MailText {
  const { agency, client, period, comparison, timeZone } = content;
  const parts = [
    valueSentence(content),
    [...outcomeLines(content), ...usageLines(content), ...returnLines(content)].join('\n'),
    comparison ? `Changes are against ${showDates(comparison)}.` : '',
    'The whole report is in the attached file.',
    `${agency.name}\nNumbers as of ${showInstant(madeAt, timeZone)}, days of ${timeZone}.`,
  ];
  return {
    subject: plain(`${client.name}: report for ${showDates(period)}`),
    text: plain(`${parts.filter((part) => part !== '').join('\n\n')}\n`),
  };
}

/** The outcomes that are known, a line each, with how they changed. */
function outcomeLines({ figures: { outcomes } }: ReportContent): string[] {
  return OUTCOME_NAMES.flatMap((name) => {
    const { current, changePercent } = outcomes[name];
    if (current === null) return [];
    const change = changePercent === null ? '' : ` (${showPercent(changePercent, 'signed')})`;
    return [`${OUTCOMES[name]}: ${showCount(current)}${change}`];
  });
}

function usageLines({ figures }: ReportContent): string[] {
  const posts = figures.usage.find(({ meter, platform }) => meter === 'posts' && platform === null);
  if (!posts?.window) return [];
  const { used, limit, window } = posts;
  const taken = limit === null ? showCount(used) : `${showCount(used)} of ${showCount(limit)}`;
  return [`Posts used in the week of ${showDates(window)}: ${taken}`];
}

function returnLines({ figures: { clientReturn } }: ReportContent): string[] {
  if (!clientReturn) return [];
  const { paid, value, roiPercent } = clientReturn;
  const money = ({ amount, currency }: typeof paid): string | undefined =>
    amount === null ? undefined : showMoney(amount, currency);
  const [invested, delivered] = [money(paid), money(value)];
  return [
    ...(invested ? [`Fee and ad spend: ${invested}`] : []),
    ...(delivered ? [`Value: ${delivered}`] : []),
    ...(roiPercent.current === null ? [] : [`ROI: ${showPercent(roiPercent.current)}`]),
  ];
}

/** Thin spaces and such keep numbers together on a page; in a mail they are only in the way. */
function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u2009\u202F]/gu, ' ');
}
