import type { RawClient } from '../../rollups/testing/raw-facts.ts';
import { dayShares, inCurrency, lookUp, roundOnce } from '../../rollups/testing/slow-money.ts';
import { localDate } from '../../rollups/testing/slow-time.ts';
import type { KpiFacts } from './kpi-facts.ts';
import { daysIn, monthLater, type SlowSpan } from './slow-period.ts';
import type { SlowAmount, SlowWorld } from './slow-sums.ts';

type Assignment = KpiFacts['assignments'][number];

/** An amount on a client's bills, and the dates it is for. */
interface SlowCharge extends SlowSpan {
  readonly assignmentId: string;
  readonly minor: bigint;
  readonly currency: string;
}

interface Period {
  readonly start: number;
  readonly end: number;
}

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/** What a client was charged on the days of a span, in the agency's currency, day by day. */
export function slowFee(
  world: SlowWorld,
  clientId: string,
  span: SlowSpan,
  today: string,
): SlowAmount {
  const client = world.raw.clients.find((one) => one.id === clientId);
  if (!client) return { minor: 0n, known: 0n };
  let known = 0n;
  let isMissing = false;
  for (const charge of chargesOf(world, client)) {
    if (charge.first > span.last || charge.last < span.first) continue;
    const amount = inAgencyCurrency(world, clientId, charge, today);
    if (amount === undefined) isMissing = true;
    const dates = daysIn(charge);
    const shares = dayShares(amount ?? 0n, dates.length);
    dates.forEach((date, index) => {
      if (date >= span.first && date <= span.last) known += shares[index] ?? 0n;
    });
  }
  return isMissing ? { minor: null, known, reason: 'missing_rate' } : { minor: known, known };
}

function inAgencyCurrency(
  { raw }: SlowWorld,
  clientId: string,
  { assignmentId, minor, currency: from, first }: SlowCharge,
  today: string,
): bigint | undefined {
  const { currency: to, rounding } = raw.agency;
  if (from === to) return minor;
  const given = raw.given.find(
    (one) =>
      one.kind === 'fee' &&
      one.clientId === clientId &&
      one.factId === assignmentId &&
      one.date === first &&
      one.to === to,
  );
  const kept = given && { num: BigInt(given.numerator), den: BigInt(given.denominator) };
  // Who looked gave every charge up to today its rate, if there was one.
  const rate = kept ?? (first > today ? lookUp(raw.exchange, from, to, first) : undefined);
  return rate && inCurrency(minor, { from, to, rate }, rounding);
}

function chargesOf(world: SlowWorld, client: RawClient): SlowCharge[] {
  const gone = client.archivedAt ?? Infinity;
  const terms = world.facts.assignments
    .filter(({ clientId, start }) => clientId === client.id && start < gone)
    .toSorted((a, b) => a.start - b.start);
  return terms.flatMap((term, index) => {
    if (term.onTrial || term.price === '0') return [];
    const before = terms[index - 1];
    const isChange = before?.endedBy === 'change' && before.end === term.start;
    return periodsOf(client, { ...term, end: Math.min(term.end ?? Infinity, gone) }).flatMap(
      (period) => {
        const at = Math.max(period.start, term.start);
        const rest = restOf(world, term, { period, at });
        const price = isChange ? rest : BigInt(term.price);
        return [
          chargeFor(client, term, { at, period, minor: price }),
          ...creditOf(world, client, { term, period, gone }),
        ];
      },
    );
  });
}

function creditOf(
  world: SlowWorld,
  client: RawClient,
  of: { readonly term: Assignment; readonly period: Period; readonly gone: number },
): SlowCharge[] {
  const { term, period, gone } = of;
  const at = term.end ?? Infinity;
  if (term.endedBy !== 'change' || at >= period.end || gone < at) return [];
  return [chargeFor(client, term, { at, period, minor: -restOf(world, term, { period, at }) })];
}

function restOf(
  { raw }: SlowWorld,
  { price }: Assignment,
  { period, at }: { readonly period: Period; readonly at: number },
): bigint {
  const seconds = (instant: number): bigint => BigInt(Math.floor(instant / 1000));
  const left = seconds(period.end) - seconds(at);
  const all = seconds(period.end) - seconds(period.start);
  return roundOnce(BigInt(price) * left, all, raw.agency.rounding);
}

function chargeFor(
  client: RawClient,
  { id, currency }: Assignment,
  of: { readonly at: number; readonly period: Period; readonly minor: bigint },
): SlowCharge {
  const first = localDate(client, of.at);
  const end = localDate(client, of.period.end - 1);
  return { assignmentId: id, minor: of.minor, currency, first, last: end < first ? first : end };
}

/** The billing periods of a term, as far as these worlds look ahead. */
function periodsOf(client: RawClient, term: Omit<Assignment, 'end'> & { end: number }): Period[] {
  const horizon = Math.min(term.end, Date.parse('2029-01-01T00:00:00Z'));
  const periods: Period[] = [];
  for (let index = -60; index < 60; index += 1) {
    const start = boundary(client, term, index);
    const end = boundary(client, term, index + 1);
    if (end > term.start && start < horizon) periods.push({ start, end });
  }
  return periods;
}

const boundaries = new Map<string, number>();

/** The last moment at which a date begins where the client is. */
function boundary(client: RawClient, { anchor, everyMonths }: Assignment, index: number): number {
  const date = monthLater(anchor, index * everyMonths);
  const key = JSON.stringify([client.zones, date]);
  const known = boundaries.get(key);
  if (known !== undefined) return known;
  let found = 0;
  const noon = Date.parse(`${date}T00:00:00Z`);
  for (let at = noon - 2 * DAY_MS; at < noon + 2 * DAY_MS; at += QUARTER_MS) {
    if (localDate(client, at) >= date && localDate(client, at - QUARTER_MS) < date) found = at;
  }
  boundaries.set(key, found);
  return found;
}
