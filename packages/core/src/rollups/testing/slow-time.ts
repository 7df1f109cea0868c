import type { RawClient, RawEntry, RawFacts, RawRate } from './raw-facts.ts';
import { compare, roundOnce, splitByWeight } from './slow-money.ts';

/** What an entry is on one local day. */
export interface SlowSegment {
  readonly date: string;
  readonly seconds: number;
  readonly billable: number;
  readonly rate: bigint | null;
  readonly currency: string | null;
  /** What it costs in `currency`; null where no rate is known. */
  readonly cost: bigint | null;
}

const shown = new Map<string, Intl.DateTimeFormat>();

/** The date that clocks show at an instant, by the zone the client lived by then. */
export function localDate({ zones }: Pick<RawClient, 'zones'>, instant: number): string {
  const zone = zones.findLast(({ from }) => from <= instant) ?? zones[0];
  if (!zone) throw new Error('a client without a calendar');
  const known = shown.get(zone.timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone.timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  shown.set(zone.timeZone, format);
  return format.format(instant);
}

const QUARTER_MS = 900_000;

/** Elapsed seconds by local date, counted quarter by quarter: in no zone does a day begin within one. */
function secondsByDay(client: RawClient, start: number, end: number): Map<string, number> {
  const days = new Map<string, number>();
  const [first, last] = [start, end].map((instant) => Math.floor(instant / 1000) * 1000);
  let at = first ?? 0;
  while (at < (last ?? 0)) {
    const until = Math.min((Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS, last ?? 0);
    const date = localDate(client, at);
    days.set(date, (days.get(date) ?? 0) + (until - at) / 1000);
    at = until;
  }
  return days;
}

function daysOf(entry: RawEntry, client: RawClient, splits: string): [string, number][] {
  if (entry.date !== null) return [[entry.date, entry.seconds ?? 0]];
  if (entry.start === null || entry.end === null) return [];
  const days = secondsByDay(client, entry.start, entry.end);
  const whole = [...days.values()].reduce((sum, seconds) => sum + seconds, 0);
  const booked = localDate(client, entry.start);
  return splits === 'start' || whole === 0 ? [[booked, whole]] : [...days];
}

/** Every entry that stands and does not run, on each of its local days. */
export function slowTime(facts: RawFacts): Map<RawEntry, SlowSegment[]> {
  const { agency } = facts;
  const clients = new Map(facts.clients.map((client) => [client.id, client]));
  const split = facts.entries
    .filter((entry) => !entry.deleted)
    .flatMap((entry) => {
      const client = clients.get(entry.clientId);
      return client ? [{ entry, days: daysOf(entry, client, agency.splits) }] : [];
    });
  const billable = agency.timeRoundingPer === 'client_day' ? perClientDay : perEntry;
  const billableOf = billable(agency, split);
  return new Map(
    split.map(({ entry, days }) => {
      const segments = days.map(([date, seconds]) => {
        const found = rateOn(facts.rates, entry, date);
        return {
          date,
          seconds,
          billable: billableOf.get(entry)?.get(date) ?? 0,
          rate: found?.rate ?? null,
          currency: found?.currency ?? (seconds === 0 ? agency.currency : null),
        };
      });
      return [entry, priced(segments, agency)];
    }),
  );
}

type Split = readonly { readonly entry: RawEntry; readonly days: readonly [string, number][] }[];
type Billable = Map<RawEntry, Map<string, number>>;

function perEntry(agency: RawFacts['agency'], split: Split): Billable {
  return new Map(
    split.map(({ entry, days }) => {
      const parts = days.map(([date, seconds]) => ({
        date,
        weight: BigInt(entry.billable ? seconds : 0),
      }));
      const whole = parts.reduce((sum, { weight }) => sum + weight, 0n);
      const shares = splitByWeight(
        rounded(whole, agency),
        parts,
        (a, b) => compare(b.weight, a.weight) || compare(a.date, b.date),
      );
      return [
        entry,
        new Map([...(shares ?? [])].map(([part, share]) => [part.date, Number(share)])),
      ];
    }),
  );
}

function perClientDay(agency: RawFacts['agency'], split: Split): Billable {
  const billable: Billable = new Map(split.map(({ entry }) => [entry, new Map()]));
  const parts = split.flatMap(({ entry, days }) =>
    days
      .filter(() => entry.billable)
      .map(([date, seconds]) => ({ entry, date, weight: BigInt(seconds) })),
  );
  for (const day of Map.groupBy(parts, ({ entry, date }) => `${entry.clientId} ${date}`).values()) {
    const whole = day.reduce((sum, { weight }) => sum + weight, 0n);
    const shares = splitByWeight(
      rounded(whole, agency),
      day,
      (a, b) => compare(b.weight, a.weight) || compare(a.entry.id, b.entry.id),
    );
    for (const [part, share] of shares ?? []) {
      billable.get(part.entry)?.set(part.date, Number(share));
    }
  }
  return billable;
}

function rounded(seconds: bigint, agency: RawFacts['agency']): bigint {
  const step = BigInt(agency.timeRoundingMinutes) * 60n;
  const down = (seconds / step) * step;
  switch (agency.timeRounding) {
    case 'none':
      return seconds;
    case 'up':
      return down === seconds ? seconds : down + step;
    case 'down':
      return down;
    case 'nearest':
      return (seconds - down) * 2n >= step ? down + step : down;
  }
}

const LEVELS: readonly (readonly [string, (rate: RawRate, entry: RawEntry) => boolean])[] = [
  [
    'person_campaign',
    (rate, of) =>
      rate.person === of.person &&
      rate.clientId === of.clientId &&
      rate.campaignId === of.campaignId,
  ],
  ['campaign', (rate, of) => rate.clientId === of.clientId && rate.campaignId === of.campaignId],
  ['person_client', (rate, of) => rate.person === of.person && rate.clientId === of.clientId],
  ['client', (rate, of) => rate.clientId === of.clientId],
  ['person', (rate, of) => rate.person === of.person],
  ['role', (rate, of) => rate.role === of.role],
  ['agency', () => true],
];

function rateOn(
  rates: readonly RawRate[],
  entry: RawEntry,
  date: string,
): { readonly rate: bigint; readonly currency: string } | undefined {
  if (entry.rate !== null && entry.currency !== null) {
    return { rate: BigInt(entry.rate), currency: entry.currency };
  }
  for (const [level, fits] of LEVELS) {
    const inForce = rates
      .filter((rate) => rate.level === level && fits(rate, entry) && rate.from <= date)
      .toSorted((a, b) => compare(b.from, a.from))[0];
    if (inForce && inForce.rate !== null) {
      return { rate: BigInt(inForce.rate), currency: inForce.currency };
    }
  }
  return undefined;
}

function priced(
  segments: readonly Omit<SlowSegment, 'cost'>[],
  { rounding }: RawFacts['agency'],
): SlowSegment[] {
  const costs = new Map<object, bigint>();
  const rated = segments.filter(({ rate }) => rate !== null);
  for (const some of Map.groupBy(rated, ({ currency }) => currency).values()) {
    const parts = some.map((segment) => ({
      segment,
      weight: (segment.rate ?? 0n) * BigInt(segment.seconds),
    }));
    const exact = parts.reduce((sum, { weight }) => sum + weight, 0n);
    const total = roundOnce(exact, 3600n, rounding);
    // Each one's exact cost rounded down, and what is left to the largest remainders, the earlier first.
    let left = total - parts.reduce((sum, { weight }) => sum + weight / 3600n, 0n);
    const order = parts.toSorted((a, b) => compare(b.weight % 3600n, a.weight % 3600n));
    for (const { segment, weight } of order) {
      const more = left > 0n ? 1n : 0n;
      costs.set(segment, weight / 3600n + more);
      left -= more;
    }
  }
  return segments.map((segment) => ({
    ...segment,
    cost: costs.get(segment) ?? (segment.seconds === 0 ? 0n : null),
  }));
}
