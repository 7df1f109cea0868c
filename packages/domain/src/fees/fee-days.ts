import { daysOf, type DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays, daysBetween } from '../calendar/local-date.ts';
import { spreadEvenly } from '../money/allocate.ts';
import type { Charge } from './charges.ts';

/** An amount and the dates it is for. */
export type DatedAmount = Pick<Charge, 'amountMinor' | 'from' | 'toExclusive'>;

/** The fee of each date of a span, in order: every charge spread evenly over its own dates, by largest remainder. */
export function feeDays(
  charges: readonly DatedAmount[],
  span: DateSpan,
): ReadonlyMap<LocalDate, bigint> {
  const dates = Array.from({ length: daysOf(span) }, (_, index) => addDays(span.from, index));
  const days = new Map(dates.map((date) => [date, 0n]));
  for (const charge of charges) {
    for (const [index, amount] of spreadEvenly(charge.amountMinor, daysOf(charge)).entries()) {
      const date = addDays(charge.from, index);
      const before = days.get(date);
      if (before !== undefined) days.set(date, before + amount);
    }
  }
  return days;
}

/** The sum of `feeDays`, without looking at each day. */
export function feeIn(charges: readonly DatedAmount[], span: DateSpan): bigint {
  return charges.reduce((sum, charge) => sum + partIn(charge, span), 0n);
}

function partIn(charge: DatedAmount, span: DateSpan): bigint {
  const from = charge.from > span.from ? charge.from : span.from;
  const toExclusive = charge.toExclusive < span.toExclusive ? charge.toExclusive : span.toExclusive;
  if (from >= toExclusive) return 0n;
  const until = (date: LocalDate): bigint => firstDaysOf(charge, daysBetween(charge.from, date));
  return until(toExclusive) - until(from);
}

/** What the first so many days of a charge get together: the odd units go to the first days. */
function firstDaysOf(charge: DatedAmount, count: number): bigint {
  const days = BigInt(daysOf(charge));
  const most = BigInt(count);
  const odd = charge.amountMinor % days;
  const units = odd < 0n ? -odd : odd;
  const extra = units < most ? units : most;
  return (charge.amountMinor / days) * most + (odd < 0n ? -extra : extra);
}
