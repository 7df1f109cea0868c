import type { KpiDashboard } from '@retainer/core';

import { showDate, showDates, showInstant } from '../figures/show-dates.ts';

/** What every slide says of its numbers: which days, beside which, on whose clocks, in what money, as of when. */
export type FooterFacts = Pick<
  KpiDashboard,
  'period' | 'comparison' | 'timeZone' | 'currency' | 'asOf'
>;

/** The line at the foot of every slide. */
export function footerOf({ period, comparison, timeZone, currency, asOf }: FooterFacts): string {
  return [
    periodText(period),
    comparisonText(comparison),
    timeZone,
    currency,
    `Numbers as of ${showInstant(asOf, timeZone)}`,
  ].join('  ·  ');
}

/** The days that count. */
export function periodText(period: FooterFacts['period']): string {
  const { startDate, endDate, countedUntil } = period;
  const days = showDates({ startDate, endDate });
  if (countedUntil === null) return `${days}, no day of which is over`;
  return countedUntil < endDate ? `${days}, counted until ${showDate(countedUntil)}` : days;
}

/** The days that they are compared with. */
function comparisonText(comparison: FooterFacts['comparison']): string {
  if (!comparison) return 'Not compared';
  const clamped = comparison.clamped ? ' (a shorter month)' : '';
  return `Compared with ${showDates(comparison)}${clamped}`;
}
