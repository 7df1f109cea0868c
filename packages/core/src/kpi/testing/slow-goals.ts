import { dayAfter } from '../../rollups/testing/slow-money.ts';
import { decimal, quotient, type Quotient } from './slow-kpi.ts';
import { slowPart, type SlowPart } from './slow-parts.ts';
import { daysIn, monthLater, type SlowSpan } from './slow-period.ts';
import type { SlowAmount, SlowWorld } from './slow-sums.ts';

type Actual = Quotient | { readonly reason: string };
type Aim = SlowWorld['facts']['targets'][number];

const DECIMALS: Readonly<Record<string, bigint>> = { USD: 100n, EUR: 100n, JPY: 1n, KWD: 1000n };

/** The goals of the agency itself for the months that a span touches, in the form in which the API answers them. */
export function slowGoals(world: SlowWorld, span: SlowSpan, today: string): unknown {
  const months = [...new Set(daysIn(span).map((day) => `${day.slice(0, 7)}-01`))].slice(-12);
  const aims = world.facts.targets.filter(
    ({ clientId, month }) => clientId === '' && months.includes(month),
  );
  const nobody = { ahead: 0, onTrack: 0, behind: 0, reached: 0, missed: 0, unknown: 0 };
  return { agency: aims.map((aim) => goalOf(world, aim, today)), clients: nobody };
}

function goalOf(world: SlowWorld, aim: Aim, today: string): unknown {
  const dates = daysIn({ first: aim.month, last: dayAfter(monthLater(aim.month, 1), -1) });
  const over = dates.filter((date) => date < today);
  const last = over.at(-1);
  const part = last === undefined ? undefined : slowPart(world, { first: aim.month, last }, today);
  const found: Actual = part ? actualOf(world, part, aim.metric) : { reason: 'no_complete_day' };
  const target = quotient(aim.value);
  const isSum = !aim.metric.endsWith('Percent');
  const due = isSum
    ? { num: target.num * BigInt(over.length), den: target.den * BigInt(dates.length) }
    : target;
  const isKnown = 'num' in found && part !== undefined;
  const shown = (value: Quotient): string => decimal(value, 6).replace(/\.?0+$/u, '');
  const ratio = (by: Quotient): unknown => {
    if (!('num' in found)) return { value: null, reason: found.reason };
    if (by.num === 0n) return { value: null, reason: 'zero_denominator' };
    const by6 = { num: found.num * by.den, den: found.den * by.num };
    return { value: decimal(by6, 6), reason: null };
  };
  const isOver = over.length === dates.length;
  return {
    clientWorkspaceId: null,
    metric: aim.metric,
    month: aim.month.slice(0, 7),
    direction: aim.direction,
    days: dates.length,
    elapsedDays: over.length,
    target: aim.value,
    due: part ? shown(due) : null,
    actual: isKnown ? shown(found) : null,
    reason: 'num' in found ? null : found.reason,
    ratio: ratio(target),
    paceRatio: ratio(due),
    state: isKnown ? stateOf(aim, { found, target, due, isOver, isSum }) : null,
  };
}

function stateOf(
  { direction }: Aim,
  of: {
    readonly found: Quotient;
    readonly target: Quotient;
    readonly due: Quotient;
    readonly isOver: boolean;
    readonly isSum: boolean;
  },
): string {
  const { found, target, due, isOver, isSum } = of;
  const gap = (by: Quotient): bigint => found.num * by.den - by.num * found.den;
  const isMore = direction === 'more';
  const isMet = isMore ? gap(target) >= 0n : gap(target) <= 0n;
  if (isOver) return isMet ? 'reached' : 'missed';
  if (isSum && isMore === isMet) return isMore ? 'reached' : 'missed';
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  // |found - due| <= 4 in a hundred of |due|, all of it times both denominators.
  if (size(gap(due)) * 100n <= 4n * size(due.num) * found.den) return 'on_track';
  return gap(due) > 0n === isMore ? 'ahead' : 'behind';
}

function actualOf({ facts }: SlowWorld, part: SlowPart, metric: string): Actual {
  const counted = (value: bigint | null): Actual =>
    value === null ? { reason: 'missing_data' } : { num: value, den: 1n };
  const amount = ({ minor, reason }: SlowAmount): Actual =>
    minor === null
      ? { reason: reason ?? '' }
      : { num: minor, den: DECIMALS[facts.agency.currency] ?? 100n };
  const percent = (of: SlowPart['roi']): Actual =>
    'num' in of ? { num: of.num * 100n, den: of.den } : of;
  switch (metric) {
    case 'leads':
    case 'conversions':
    case 'impressions':
      return counted(part.counts[metric]);
    case 'posts':
      return counted(part.posts);
    case 'hours':
      return { num: part.seconds, den: 3600n };
    case 'cost':
    case 'value':
    case 'revenue':
      return amount(part[metric]);
    case 'roiPercent':
      return percent(part.roi);
    case 'marginPercent':
      return percent(part.margin);
    default:
      throw new Error(`the slow path knows no ${metric}`);
  }
}
