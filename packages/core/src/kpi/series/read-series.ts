import {
  addDays,
  addSums,
  clientsByTier,
  noSums,
  percentOf,
  returnFigures,
  type Bucket,
  type LocalDate,
  type ValueSums,
} from '@retainer/domain';

import { valueTerms } from '../../value/tracking/client-figures.ts';
import {
  countOf,
  toAmount,
  toFigure,
  type AmountDto,
  type FigureDto,
} from '../../value/tracking/tracking-dto.ts';
import { rangeOf, type KpiWorld } from '../counted.ts';
import { splitFigures, valuedSince } from '../months.ts';
import { returnsOf } from '../return-rows.ts';
import type { RosterClient } from '../roster.ts';
import { readBuckets, readBucketTools } from './series.queries.ts';

/** What all clients together come to in a bucket of days, in the agency's currency. */
export interface SeriesPointDto {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
  /** All its days are over, and it has as many as the other points. */
  readonly complete: boolean;
  readonly cost: AmountDto;
  readonly value: AmountDto;
  readonly revenue: AmountDto;
  readonly roiPercent: FigureDto;
  /** Null where nobody tells leads. */
  readonly leads: number | null;
  readonly posts: number;
  /** Clients on a tier on its last day. */
  readonly activeClients: number;
}

/** What falls into one bucket, apart for the clients whose value is known and the others. */
interface Split {
  valued: ValueSums;
  others: ValueSums;
}

/** Reads a point for each bucket. Refresh the agency first. */
export async function readSeries(
  { sql, agency, roster, today }: KpiWorld,
  buckets: readonly Bucket[],
): Promise<SeriesPointDto[]> {
  if (buckets.length === 0) return [];
  const { currency } = agency;
  const ranges = buckets.map(rangeOf);
  const asked = {
    buckets: ranges.map(({ startDate: first, endDate: last }) => ({ first, last })),
    currency,
    valuedSince: valuedSince({ agency, roster }),
  };
  const none = noSums(currency);
  const split = buckets.map((): Split => ({ valued: none, others: none }));
  const add = ({ place, isValued }: { place: number; isValued: boolean }, sums: ValueSums) => {
    const part = split[place];
    if (!part) return;
    const side = isValued ? 'valued' : 'others';
    part[side] = addSums(part[side], sums);
  };
  for (const row of await readBuckets(sql, asked)) {
    add(row, { ...returnsOf(row, currency), posts: BigInt(row.posts) });
  }
  for (const row of await readBucketTools(sql, asked)) {
    const tools = { toolsMinor: BigInt(row.toolsMinor), toolsMissing: BigInt(row.toolsMissing) };
    add(row, { ...none, ...tools });
  }
  const known = firstKnown({ agency, roster });
  return buckets.map((bucket, place) => {
    const part = split[place] ?? { valued: none, others: none };
    return toPoint({ agency, roster, today }, { bucket, part, known });
  });
}

/** From which day on anything at all is known of the agency's clients; null: nothing ever is. */
interface FirstKnown {
  readonly value: LocalDate | null;
  readonly leads: LocalDate | null;
  readonly revenue: LocalDate | null;
}

function firstKnown(world: Pick<KpiWorld, 'agency' | 'roster'>): FirstKnown {
  const first = (days: Iterable<LocalDate | null>): LocalDate | null =>
    [...days].reduce(
      (least, day) => (least === null || (day ?? least) < least ? day : least),
      null,
    );
  return {
    value: first(valuedSince(world).values()),
    leads: first(world.roster.map(({ told }) => told.leads)),
    revenue: first(world.roster.map(({ told }) => told.revenue)),
  };
}

function toPoint(
  { agency, roster, today }: Pick<KpiWorld, 'agency' | 'roster' | 'today'>,
  { bucket, part, known }: { bucket: Bucket; part: Split; known: FirstKnown },
): SeriesPointDto {
  const { currency } = agency;
  const { startDate, endDate } = rangeOf(bucket);
  const isBy = (day: LocalDate | null): boolean => day !== null && day <= endDate;
  const { cost, value, roi } = splitFigures({ agency }, { isValued: isBy(known.value), ...part });
  const told = { leads: isBy(known.leads), conversions: true, revenue: isBy(known.revenue) };
  const all = addSums(part.valued, part.others);
  const outcome = returnFigures(all, valueTerms(told, agency, agency)).value;
  return {
    startDate,
    endDate,
    complete: bucket.isWhole && bucket.toExclusive <= today,
    cost: toAmount(cost, currency),
    value: toAmount(value, currency),
    revenue: toAmount(outcome.revenue, currency),
    roiPercent: toFigure(percentOf(roi)),
    leads: countOf(outcome.leads),
    posts: Number(all.posts),
    activeClients: activeOn(roster, endDate < today ? endDate : today),
  };
}

function activeOn(roster: readonly RosterClient[], day: LocalDate): number {
  const clients = roster.map(({ tiers }) => ({ tiers, posts: 0, trackedSeconds: 0 }));
  return clientsByTier(clients, { from: day, toExclusive: addDays(day, 1) }).activeAtEnd;
}
