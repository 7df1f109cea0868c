import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import type { LeafKind } from '../../rollups/leaf.ts';
import type { DateRange } from '../../rollups/sums.ts';
import { factsSql, type FactsWanted } from './fact-rows.queries.ts';

/** Whose facts are wanted, of which days and of which row; null is every row. */
export interface FactsScope extends FactsWanted, DateRange {
  readonly clientId: string;
  readonly key: string | null;
  /** Days of entries that an assumed hourly rate prices otherwise. */
  readonly repriced: readonly RepricedFact[];
}

/** A leaf that costs something else than it is kept with, by an assumption. */
export interface RepricedFact {
  readonly kind: 'time' | 'saved';
  readonly factId: string;
  readonly date: LocalDate;
  readonly amountMinor: bigint | null;
  readonly currency: string;
}

export type FactKind = LeafKind | 'observation';

/** Facts that came the same way: how many, what they sum to, and how many of them add nothing that is known. */
export interface SourceRow {
  readonly kind: FactKind;
  readonly source: string;
  readonly detail: string | null;
  readonly count: number;
  readonly unknown: number;
  /** Null where no fact has a value. */
  readonly sum: string | null;
}

/** All facts of a figure, by where they came from. */
export async function readSources(sql: SqlSession, of: FactsScope): Promise<SourceRow[]> {
  // What one post or channel gains on a day is a whole number, as in the rollups, whatever a host's decimals are.
  return sql.query(
    `with ${REPRICED}, ${factsSql(of)}, cells as (
       select kind, coalesce(source, '') as source, detail, count(*) as count,
         count(*) filter (where value is null) as unknown, round(sum(value)) as sum
       from facts group by kind, 2, detail, date, post_id, channel_id, platform)
     select kind, source, detail, sum(count)::int as count, sum(unknown)::int as unknown, sum(sum)::text as sum
     from cells group by 1, 2, 3 order by 1, 2, 3`,
    valuesOf(of),
  );
}

/** Where a page of facts begins: behind this one. */
export type FactPlace = Readonly<Record<'date' | 'kind' | 'ref' | 'origin' | 'platform', string>>;

/** One fact as the database answers it. */
export interface FactRow {
  readonly date: LocalDate;
  readonly until: LocalDate;
  readonly kind: FactKind;
  readonly ref: string;
  readonly origin: LocalDate;
  readonly originUntil: LocalDate;
  readonly factId: string | null;
  readonly postId: string | null;
  readonly channelId: string | null;
  readonly platform: string | null;
  readonly contentType: string | null;
  readonly campaignId: string | null;
  readonly label: string;
  readonly seconds: string | null;
  readonly count: string | null;
  readonly minor: string | null;
  readonly ownMinor: string | null;
  readonly currency: string | null;
  readonly wholeMinor: string | null;
  readonly missing: boolean;
  readonly observed: string | null;
  readonly observedBefore: string | null;
  readonly value: string | null;
  readonly rateNumerator: string | null;
  readonly rateDenominator: string | null;
  readonly rateDate: LocalDate | null;
}

/**
 * Some facts of a figure in the order of their days, with the exchange rates they were given: clients share that of a
 * tool, and saved time has that of its entry.
 */
export async function readFacts(
  sql: SqlSession,
  of: FactsScope & {
    readonly currency: string;
    readonly after: FactPlace | undefined;
    readonly limit: number;
  },
): Promise<FactRow[]> {
  return sql.query(
    `with ${REPRICED}, ${factsSql(of)}, page as (
       select * from facts
       where $6::date is null or (date, kind, ref, origin, platform) > ($6::date, $7::text, $8::text, $9::date, $10::text)
       order by date, kind, ref, origin, platform limit $11)
     select p.date::text, p.until::text, p.kind, p.ref, p.origin::text, p.origin_until::text as "originUntil",
       p.fact_id as "factId", p.post_id as "postId", p.channel_id as "channelId", nullif(p.platform, '') as platform,
       nullif(p.content_type, '') as "contentType", nullif(p.campaign_id, '') as "campaignId",
       coalesce(p.label, '') as label, p.seconds::text, trim_scale(p.count)::text as count,
       p.minor::text, p.own_minor::text as "ownMinor", p.currency, p.whole_minor::text as "wholeMinor", p.missing,
       trim_scale(p.observed)::text as observed, trim_scale(p.observed_before)::text as "observedBefore",
       trim_scale(p.value)::text as value, x.numerator::text as "rateNumerator",
       x.denominator::text as "rateDenominator", x.rate_date::text as "rateDate"
     from page p
     left join retainer.fact_rate x on x.agency_id = current_setting('retainer.agency')
       and x.client_id = case when p.kind = 'tool' then '' else $1 end
       and x.kind = case when p.kind = 'saved' then 'time' else p.kind end and x.fact_id = p.fact_id
       and x.on_date = p.origin and x.from_currency = p.currency and x.to_currency = $12
     order by p.date, p.kind, p.ref, p.origin, p.platform`,
    [...valuesOf(of), ...placeOf(of.after), of.limit, of.currency],
  );
}

const REPRICED = `repriced as (
       select * from json_to_recordset($5::json) r(kind text, fact_id text, date date, minor bigint, currency text))`;

function valuesOf({ clientId, startDate, endDate, key, repriced }: FactsScope): unknown[] {
  const rows = repriced.map(({ kind, factId, date, amountMinor, currency }) => ({
    kind,
    fact_id: factId,
    date,
    minor: amountMinor?.toString() ?? null,
    currency,
  }));
  return [clientId, startDate, endDate, key, JSON.stringify(rows)];
}

function placeOf(place: FactPlace | undefined): (string | null)[] {
  if (!place) return [null, null, null, null, null];
  return [place.date, place.kind, place.ref, place.origin, place.platform];
}
