import type { EntityManager } from '@mikro-orm/postgresql';
import {
  priceEntry,
  type CalendarEpoch,
  type DaySeconds,
  type LocalDate,
  type Money,
  type RateLevel,
  type Rounding,
} from '@retainer/domain';

import type { Agency } from '../../tenancy/agency.entity.ts';
import { readRateBook, type RateBook } from '../rates/rate-book.ts';
import {
  billablePerDay,
  billablePerEntry,
  readSharersOfDays,
  timeRoundingOf,
  type BillableTime,
  type DaysWorld,
  type EntryDays,
} from './billable-time.ts';
import { daysOfEntry, type EntryTime } from './entry-days.ts';
import type { TimeEntry } from './time-entry.entity.ts';

/** All that the price of an entry depends on, beside the rates. */
export type UnpricedEntry = EntryTime &
  Pick<
    TimeEntry,
    'id' | 'clientId' | 'campaignId' | 'person' | 'role' | 'billable' | 'rateMinor' | 'currency'
  >;

/** How an agency counts time and money, and by which calendar each client of the entries lives. */
export interface PricingWorld {
  readonly agency: Pick<
    Agency,
    | 'id'
    | 'currency'
    | 'rounding'
    | 'reportingSplitsTime'
    | 'timeRounding'
    | 'timeRoundingMinutes'
    | 'timeRoundingPer'
  >;
  readonly clients: ReadonlyMap<string, { readonly epochs: readonly CalendarEpoch[] }>;
  /** What an hour costs in place of the agency's own rate, on every day: an assumption of one calculation. */
  readonly agencyRate?: Money | undefined;
}

/** What an entry is on one local day. */
export interface PricedSegment {
  readonly date: LocalDate;
  readonly seconds: number;
  /** After the agency's rounding; 0 of what is not billable. */
  readonly billableSeconds: number;
  /** The rate in force that day; null where no level has one. */
  readonly minorPerHour: bigint | null;
  readonly level: RateLevel | null;
  /** In minor units of `currency`; null where there is time but no rate. */
  readonly costMinor: bigint | null;
  readonly currency: string | null;
}

/** The local days of each entry, by its id; none of a timer that runs. */
export type PricedEntries = ReadonlyMap<string, readonly PricedSegment[]>;

/**
 * Prices entries by the rates of each of their local days, read once for all of them. What an entry costs in one
 * currency is rounded once, and its days share that by largest remainder; where a day has no rate, the others keep
 * theirs. With rounding by client and day, the other entries of those days are read too: they share the rounded time.
 */
export async function priceEntries(
  em: EntityManager,
  world: PricingWorld,
  entries: readonly UnpricedEntry[],
): Promise<PricedEntries> {
  const { agency } = world;
  const days: DaysWorld = {
    agencyId: agency.id,
    attribution: agency.reportingSplitsTime,
    epochsOf: (clientId) => epochsOf(world, clientId),
  };
  const split = entries.map((entry) => splitEntry(entry, days));
  const billableOf = await readBillable(em, { agency, days }, split);
  const { agencyRate } = world;
  const book = await readRateBook(em, { agencyId: agency.id, questions: entries, agencyRate });
  const priced = entries.map((entry, index): [string, PricedSegment[]] => {
    const of = split[index] ?? splitEntry(entry, days);
    return [entry.id, priceDays({ entry, days: of.days, book, agency }, billableOf(of))];
  });
  return new Map(priced);
}

function splitEntry(entry: UnpricedEntry, { attribution, epochsOf: of }: DaysWorld): EntryDays {
  const { id, clientId, billable } = entry;
  return {
    id,
    clientId,
    billable,
    days: daysOfEntry(entry, { epochs: of(clientId), attribution }),
  };
}

async function readBillable(
  em: EntityManager,
  { agency, days }: { readonly agency: PricingWorld['agency']; readonly days: DaysWorld },
  entries: readonly EntryDays[],
): Promise<BillableTime> {
  const rule = timeRoundingOf(agency);
  return rule?.per === 'client_day'
    ? billablePerDay(rule, await readSharersOfDays(em, days, entries))
    : billablePerEntry(rule);
}

interface Unpriced {
  readonly entry: UnpricedEntry;
  readonly days: readonly DaySeconds[];
  readonly book: RateBook;
  readonly agency: PricingWorld['agency'];
}

function priceDays(
  { entry, days, book, agency }: Unpriced,
  billable: readonly number[],
): PricedSegment[] {
  const segments = days.map(({ date, seconds }, index): PricedSegment => {
    const found = book.rateOf(entry, date);
    return {
      date,
      seconds,
      billableSeconds: billable[index] ?? 0,
      minorPerHour: found?.minorPerHour ?? null,
      level: found?.level ?? null,
      // No time costs nothing, whatever the rate would be.
      costMinor: seconds === 0 ? 0n : null,
      currency: found?.rate.currency ?? (seconds === 0 ? agency.currency : null),
    };
  });
  return withCosts(segments, agency.rounding);
}

/** One rounding for each currency; almost always there is one. */
function withCosts(segments: readonly PricedSegment[], rounding: Rounding): PricedSegment[] {
  const costs = new Map<PricedSegment, bigint>();
  const rated = segments.filter(({ minorPerHour }) => minorPerHour !== null);
  for (const some of Map.groupBy(rated, ({ currency }) => currency).values()) {
    const price = priceEntry(some, rounding);
    for (const [index, segment] of some.entries()) {
      costs.set(segment, price?.segmentsMinor[index] ?? 0n);
    }
  }
  return segments.map((segment) => ({
    ...segment,
    costMinor: costs.get(segment) ?? segment.costMinor,
  }));
}

function epochsOf({ clients }: PricingWorld, clientId: string): readonly CalendarEpoch[] {
  const client = clients.get(clientId);
  if (!client) throw new Error('An entry can only be priced by the calendar of its client');
  return client.epochs;
}
