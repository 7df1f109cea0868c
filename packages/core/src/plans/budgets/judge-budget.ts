import {
  addDays,
  addMonthsClamped,
  addSums,
  budgetState,
  daysBetween,
  formatMoney,
  fraction,
  noSums,
  pacing,
  toDecimal,
  valueFigures,
  type BudgetState,
  type LocalDate,
  type MissingReason,
  type Total,
  type ValueSums,
} from '@retainer/domain';

import type { KeyedSums } from '../../rollups/sums.ts';
import type { FigureDto } from '../../value/tracking/tracking-dto.ts';
import type { Budget } from './budget.entity.ts';

/** How far a budget is used, in its own unit: major units of its currency, or hours to 4 places. */
export interface BudgetUseDto {
  /** Null while nobody knows what was spent. */
  readonly state: BudgetState | null;
  readonly ratio: FigureDto;
  /** Up to today. */
  readonly spent: FigureDto;
  /** Below 0 when it is over; null when there is no budget. */
  readonly remaining: FigureDto;
  /** At the end of the month, at the pace of its complete days. */
  readonly projected: FigureDto;
}

/** What a client cost day by day, in one currency; the days are its local ones. */
export interface SpentByDay {
  readonly currency: string;
  readonly days: readonly KeyedSums[];
  readonly today: LocalDate;
}

type Judged = Pick<Budget, 'month' | 'kind' | 'amountMinor' | 'currency' | 'seconds'>;

/** Judges a budget on what was spent in its month. */
export function judgeBudget(budget: Judged, { currency, days, today }: SpentByDay): BudgetUseDto {
  const { month: from } = budget;
  const end = addMonthsClamped(from, 1);
  const upTo = (last: LocalDate): Spent =>
    spentOn(budget, sumOf(days, { from, end, last, currency }));
  const spent = upTo(today);
  const complete = upTo(addDays(today, -1));
  const daysInPeriod = daysBetween(from, end);
  const elapsed = Math.min(Math.max(daysBetween(from, today), 0), daysInPeriod);
  const { ratio, state, remaining } = budgetState({
    spent: spent.units,
    budget: budget.amountMinor ?? BigInt(budget.seconds ?? 0),
  });
  const projected = pacing({
    spentMinor: complete.units,
    elapsedDays: BigInt(elapsed),
    daysInPeriod: BigInt(daysInPeriod),
  });
  const tell = (units: bigint | null, reason: MissingReason | null): FigureDto =>
    units === null ? { value: null, reason } : { value: unitsText(budget, units), reason: null };
  const why = elapsed === 0 ? 'no_complete_day' : complete.reason;
  return {
    state,
    ratio:
      ratio.value === null
        ? { value: null, reason: spent.reason ?? ratio.reason }
        : { value: ratio.value, reason: null },
    spent: tell(spent.units, spent.reason),
    remaining: tell(remaining, spent.reason),
    projected: tell(projected.minor, why),
  };
}

/** What was spent of a budget, in its own unit. */
export interface Spent {
  /** In minor units or seconds; null while it is unknown. */
  readonly units: bigint | null;
  readonly reason: MissingReason | null;
}

/** What sums come to in the unit of a budget; unknown where they are in another currency. */
export function spentOn(
  { kind, currency }: Pick<Judged, 'kind' | 'currency'>,
  sums: ValueSums,
): Spent {
  if (kind === 'hours') return { units: sums.seconds, reason: null };
  if (currency !== sums.currency) return { units: null, reason: 'mixed_currency' };
  const { totalMinor, reason }: Total = valueFigures(sums, NOTHING_KNOWN).cost.total;
  return { units: totalMinor, reason: reason ?? null };
}

// Costs are judged by none of these.
const NOTHING_KNOWN = {
  revenueKnown: false,
  leadsKnown: false,
  conversionsKnown: false,
  conversionValueMinor: null,
  leadValueMinor: null,
} as const;

function sumOf(
  days: readonly KeyedSums[],
  of: {
    readonly from: LocalDate;
    readonly end: LocalDate;
    readonly last: LocalDate;
    readonly currency: string;
  },
): ValueSums {
  const { from, end, last, currency } = of;
  return days
    .filter(({ key }) => key >= from && key < end && key <= last)
    .reduce((sum, { sums }) => addSums(sum, sums), noSums(currency));
}

function unitsText({ currency }: Judged, units: bigint): string {
  return typeof currency === 'string'
    ? formatMoney({ amountMinor: units, currency }).amount
    : toDecimal(fraction(units, 3600n), 4);
}
