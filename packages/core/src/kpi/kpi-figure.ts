import {
  divideFractions,
  formatMoney,
  fraction,
  multiplyFractions,
  percentOf,
  perDayTrend,
  toDecimal,
  trend,
  type Fraction,
  type MissingReason,
  type MoneyWire,
  type Ratio,
  type Total,
  type Trend,
  type TrendBasis,
  type TrendFigures,
  type TrendTerms,
  type TrendValues,
} from '@retainer/domain';

import { countOf, toAmount, type AmountDto } from '../value/tracking/tracking-dto.ts';

/** How a figure went, and whether that is welcome: null where it is stable, unknown, or nobody judges it. */
export interface ChangeDto {
  /** The change as a percentage of the value before; null for a figure in points, and out of nothing. */
  readonly changePercent: string | null;
  readonly trend: Trend;
  readonly good: boolean | null;
}

/** A figure in a period and in the one it is compared with. What is unknown is null, and says why. */
export interface KpiDto<TValue, TChange> extends ChangeDto {
  readonly current: TValue;
  readonly previous: TValue | null;
  readonly change: TChange | null;
  /** Why `current` is unknown. */
  readonly reason?: MissingReason;
  /** Why `previous` is unknown, though there is a period to compare with. */
  readonly previousReason?: MissingReason;
  /** The same a day, where the two periods differ in length. */
  readonly perDay?: ChangeDto;
}

/** A count. */
export type CountKpiDto = KpiDto<number | null, number>;
/** An amount of money. */
export type AmountKpiDto = KpiDto<AmountDto, MoneyWire>;
/** A ratio of 6 places, or a percentage of 4. */
export type DecimalKpiDto = KpiDto<string | null, string>;

/** A figure of two periods. `current` is undefined while no day is complete, `previous` when nothing is compared. */
export interface Pair<TFigure> {
  readonly current: TFigure | undefined;
  readonly previous: TFigure | undefined;
}

/** What two figures are judged by. */
export interface KpiTerms {
  readonly currency: string;
  /** How many days each period has. */
  readonly days: Pair<number>;
  /** Up to which change a figure is stable. */
  readonly bands: Readonly<Record<TrendBasis, Fraction>>;
}

/** Whether more is welcome (1) or less (-1), or nobody judges it (0). */
export type Polarity = TrendTerms['polarity'];

const HUNDRED: Fraction = { num: 100n, den: 1n };
const NO_DAY = { exact: null, reason: 'no_complete_day' } as const;
const RATIO_PLACES = 6;
const PERCENT_PLACES = 4;

/** How many there were. */
export function countKpi(
  of: Pair<bigint | null>,
  { days, bands }: KpiTerms,
  { polarity = 1, ofDay = true }: { readonly polarity?: Polarity; readonly ofDay?: boolean } = {},
): CountKpiDto {
  const seen = (count: bigint | null): Seen<number | null> =>
    count === null
      ? { exact: null, wire: null, reason: 'missing_data' }
      : { exact: fraction(count, 1n), wire: countOf(count) };
  return kpi<number | null, number>(measured(of, seen, { ...NO_DAY, wire: null }), {
    terms: { basis: 'relative', stableBand: bands.relative, polarity },
    ...(ofDay && { days }),
    // Counts differ by whole numbers.
    toChange: (change) => Number(change.num),
  });
}

/** How much money it was. */
export function amountKpi(
  of: Pair<Total>,
  { currency, days, bands }: KpiTerms,
  polarity: Polarity,
): AmountKpiDto {
  const seen = (total: Total): Seen<AmountDto> => {
    const wire = toAmount(total, currency);
    if (total.totalMinor !== null) return { exact: fraction(total.totalMinor, 1n), wire };
    return { exact: null, wire, reason: wire.reason ?? 'missing_data' };
  };
  const { reason } = NO_DAY;
  const noDay = { ...NO_DAY, wire: { amount: null, currency, reason } };
  return kpi<AmountDto, MoneyWire>(measured(of, seen, noDay), {
    terms: { basis: 'relative', stableBand: bands.relative, polarity },
    days,
    toChange: ({ num }) => formatMoney({ amountMinor: num, currency }),
  });
}

/** Part of a difference is no part of anything, so where it is unknown none is told. */
export function differenceKpi({ current, previous, ...rest }: AmountKpiDto): AmountKpiDto {
  const bare = ({ knownAmount: _part, ...amount }: AmountDto): AmountDto => amount;
  return { ...rest, current: bare(current), previous: previous && bare(previous) };
}

/** How many there were of something for one of something else. */
export function ratioKpi(of: Pair<Ratio>, { bands }: KpiTerms): DecimalKpiDto {
  const seen = (ratio: Ratio): Seen<string | null> =>
    ratio.value === null
      ? { exact: null, wire: null, reason: ratio.reason }
      : { exact: ratio.fraction, wire: ratio.value };
  return kpi<string | null, string>(measured(of, seen, { ...NO_DAY, wire: null }), {
    terms: { basis: 'relative', stableBand: bands.relative, polarity: 1 },
    toChange: (change) => toDecimal(change, RATIO_PLACES),
  });
}

/** A return, told as a ratio or in per cent. It changes in percentage points, so nothing is a share of a share. */
export function returnKpi(
  of: Pair<Ratio>,
  { bands }: Pick<KpiTerms, 'bands'>,
  as: 'ratio' | 'percent',
): DecimalKpiDto {
  const seen = (ratio: Ratio): Seen<string | null> => {
    if (ratio.value === null) return { exact: null, wire: null, reason: ratio.reason };
    const wire = as === 'ratio' ? ratio.value : percentOf(ratio).value;
    return { exact: multiplyFractions(ratio.fraction, HUNDRED), wire };
  };
  return kpi<string | null, string>(measured(of, seen, { ...NO_DAY, wire: null }), {
    terms: { basis: 'points', stableBand: bands.points, polarity: 1 },
    toChange: (points) =>
      as === 'percent'
        ? toDecimal(points, PERCENT_PLACES)
        : toDecimal(divideFractions(points, HUNDRED), RATIO_PLACES),
  });
}

/** A figure of one period: exactly, and as it is written out. */
interface Seen<TWire> {
  readonly exact: Fraction | null;
  readonly wire: TWire;
  readonly reason?: MissingReason;
}

interface Measured<TWire> {
  readonly current: Seen<TWire>;
  readonly previous: Seen<TWire> | undefined;
}

function measured<TFigure, TWire>(
  { current, previous }: Pair<TFigure>,
  seen: (figure: TFigure) => Seen<TWire>,
  noDay: Seen<TWire>,
): Measured<TWire> {
  return {
    current: current === undefined ? noDay : seen(current),
    previous: previous === undefined ? undefined : seen(previous),
  };
}

interface Judging<TChange> {
  readonly terms: TrendTerms;
  /** Left out for what does not add up day by day. */
  readonly days?: Pair<number>;
  readonly toChange: (change: Fraction) => TChange;
}

function kpi<TWire, TChange>(
  { current, previous }: Measured<TWire>,
  { terms, days, toChange }: Judging<TChange>,
): KpiDto<TWire, TChange> {
  const values = { current: current.exact, previous: previous?.exact ?? null };
  const went = trend(values, terms);
  return {
    current: current.wire,
    previous: previous ? previous.wire : null,
    change: went.change && toChange(went.change),
    ...changeOf(went, terms),
    ...reasonsOf(current.reason, previous?.reason),
    ...(days && perDayOf(values, days, terms)),
  };
}

function reasonsOf(
  reason: MissingReason | undefined,
  previousReason: MissingReason | undefined,
): Pick<KpiDto<unknown, unknown>, 'reason' | 'previousReason'> {
  return { ...(reason && { reason }), ...(previousReason && { previousReason }) };
}

/** The change of the daily means, where they say anything that the totals do not. */
function perDayOf(
  values: TrendValues,
  { current, previous }: Pair<number>,
  terms: TrendTerms,
): Pick<KpiDto<unknown, unknown>, 'perDay'> | undefined {
  if (current === undefined || previous === undefined || current === previous) return undefined;
  const days = { currentDays: current, previousDays: previous };
  return { perDay: changeOf(perDayTrend({ ...values, ...days }, terms).perDay, terms) };
}

function changeOf(went: TrendFigures, { basis }: TrendTerms): ChangeDto {
  const { delta, status } = went;
  const isShare = basis === 'relative' && 'fraction' in delta;
  return {
    changePercent: isShare ? percentOf(delta).value : null,
    trend: went.trend,
    good: status === 'good' ? true : status === 'bad' ? false : null,
  };
}
