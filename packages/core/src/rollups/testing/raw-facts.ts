import type { SqlSession } from '../../db/sql-session.ts';

export interface RawClient {
  readonly id: string;
  readonly currency: string;
  readonly archivedAt: number | null;
  /** The zones it lived by, from each instant on. */
  readonly zones: readonly { readonly from: number; readonly timeZone: string }[];
}

export interface RawAgency {
  readonly currency: string;
  readonly rounding: 'half_away_from_zero' | 'half_even';
  readonly splits: 'split' | 'start';
  readonly timeRounding: 'none' | 'up' | 'down' | 'nearest';
  readonly timeRoundingMinutes: number;
  readonly timeRoundingPer: 'entry' | 'client_day';
}

export interface RawEntry {
  readonly id: string;
  readonly clientId: string;
  readonly campaignId: string | null;
  readonly person: string;
  readonly role: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly date: string | null;
  readonly seconds: number | null;
  readonly billable: boolean;
  readonly source: string;
  readonly rate: string | null;
  readonly currency: string | null;
  readonly platform: string | null;
  readonly contentType: string | null;
  readonly postId: string | null;
  readonly occurrence: string | null;
  readonly baseline: number | null;
  readonly edited: boolean;
  readonly deleted: boolean;
}

export interface RawRate {
  readonly level: string;
  readonly person: string;
  readonly role: string;
  readonly clientId: string;
  readonly campaignId: string;
  readonly from: string;
  readonly rate: string | null;
  readonly currency: string;
}

export interface RawTool {
  readonly id: string;
  readonly clientId: string | null;
  readonly allocation: 'equal' | 'active_days' | 'posts' | 'seconds' | 'custom';
  readonly weights: Readonly<Record<string, string>> | null;
  readonly amount: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string | null;
  readonly everyMonths: number | null;
}

export interface RawCost {
  readonly id: string;
  readonly clientId: string;
  readonly kind: 'ad_spend' | 'other';
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly currency: string;
}

export interface RawConversion {
  readonly id: string;
  readonly clientId: string;
  readonly kind: 'lead' | 'conversion' | 'revenue';
  readonly date: string;
  readonly count: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly postId: string | null;
  readonly contentType: string | null;
}

export interface RawPost {
  readonly clientId: string;
  readonly postId: string;
  readonly contentType: string | null;
  readonly campaignId: string | null;
  readonly minutes: string | null;
}

export interface RawPlacement {
  readonly clientId: string;
  readonly postId: string;
  readonly occurrence: string;
  readonly platform: string;
  readonly at: number;
}

export interface RawObservation {
  readonly seriesId: string;
  readonly clientId: string;
  readonly level: 'post' | 'account';
  readonly subject: string;
  readonly platform: string;
  readonly metric: string;
  readonly kind: string;
  readonly at: number;
  readonly date: string;
  readonly value: string;
}

export interface RawSeries extends Omit<RawObservation, 'at' | 'date' | 'value'> {}

export interface RawExchangeRate {
  readonly base: string;
  readonly quote: string;
  readonly date: string;
  readonly rate: string;
}

/** The exchange rate that a fact was given once. */
export interface GivenRate {
  readonly clientId: string;
  readonly kind: string;
  readonly factId: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly numerator: string;
  readonly denominator: string;
}

export interface RawBaseline {
  readonly contentType: string;
  readonly from: string;
  readonly baseline: number;
  readonly actual: number;
}

export interface RawTierTime {
  readonly clientId: string;
  readonly start: number;
  readonly end: number | null;
}

/** All that people, hosts and imports ever said to one agency, and nothing that was made of it. */
export interface RawFacts {
  readonly agency: RawAgency;
  readonly clients: readonly RawClient[];
  readonly entries: readonly RawEntry[];
  readonly rates: readonly RawRate[];
  readonly tools: readonly RawTool[];
  readonly costs: readonly RawCost[];
  readonly conversions: readonly RawConversion[];
  readonly posts: readonly RawPost[];
  readonly placements: readonly RawPlacement[];
  readonly series: readonly RawSeries[];
  readonly observations: readonly RawObservation[];
  readonly exchange: readonly RawExchangeRate[];
  readonly given: readonly GivenRate[];
  readonly baselines: readonly RawBaseline[];
  readonly held: readonly RawTierTime[];
  readonly blocked: readonly RawTierTime[];
  /** Up to which day tools that are paid again and again were spread. */
  readonly toolsUntil: string;
}

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const OWN = `agency_id = current_setting('retainer.agency')`;

/** Reads the facts as they stand, by statements that know nothing of leaves and rollups. */
export async function readRawFacts(sql: SqlSession): Promise<RawFacts> {
  const read = async <T>(text: string): Promise<T[]> => sql.query<T>(text, []);
  const [agency] = await read<RawAgency>(
    `select currency, rounding, reporting_splits_time as splits, time_rounding as "timeRounding",
       time_rounding_minutes as "timeRoundingMinutes", time_rounding_per as "timeRoundingPer"
     from retainer.agency where id = current_setting('retainer.agency')`,
  );
  if (!agency) throw new Error('no agency');
  const zones = await read<{ clientId: string; from: number | null; timeZone: string }>(
    `select client_id as "clientId", case when starts_at = '-infinity' then null else ${MS('starts_at')} end as "from",
       time_zone as "timeZone" from retainer.client_calendar where ${OWN} order by starts_at`,
  );
  const clients = await read<Omit<RawClient, 'currency' | 'zones'> & { currency: string | null }>(
    `select id, currency, ${MS('archived_at')} as "archivedAt" from retainer.client where ${OWN} order by id`,
  );
  const [state] = await read<{ until: string | null }>(
    `select tools_until::text as until from retainer.value_state where ${OWN} and client_id = ''`,
  );
  const series = `select id::text as "seriesId", client_id as "clientId", level, subject, platform, metric, kind
    from retainer.series where ${OWN}`;
  return {
    agency,
    clients: clients.map((client) => ({
      ...client,
      currency: client.currency ?? agency.currency,
      zones: zones
        .filter((zone) => zone.clientId === client.id)
        .map(({ from, timeZone }) => ({ from: from ?? -Infinity, timeZone })),
    })),
    entries: await read(
      `select id::text, client_id as "clientId", campaign_id as "campaignId", person, role, ${MS('started_at')} as start,
         ${MS('ended_at')} as "end", local_date::text as date, seconds::float8 as seconds, billable, source,
         rate_minor::text as rate, currency, platform, content_type as "contentType", post_id as "postId", occurrence,
         baseline_seconds::float8 as baseline, edited_at is not null as edited, deleted_at is not null as deleted
       from retainer.time_entry where ${OWN}`,
    ),
    rates: await read(
      `select level, person, role, client_id as "clientId", campaign_id as "campaignId", from_date::text as "from",
         rate_minor::text as rate, currency from retainer.rate where ${OWN}`,
    ),
    tools: await read(
      `select id::text, client_id as "clientId", allocation, weights, amount_minor::text as amount, currency,
         starts_on::text as "from", ends_on::text as "to", every_months as "everyMonths"
       from retainer.tool_cost where ${OWN} and deleted_at is null`,
    ),
    costs: await read(
      `select id::text, client_id as "clientId", kind, campaign_id as "campaignId", platform, from_date::text as "from",
         to_date::text as "to", amount_minor::text as amount, currency
       from retainer.client_cost where ${OWN} and deleted_at is null`,
    ),
    conversions: await read(
      `select id::text, client_id as "clientId", kind, local_date::text as date, count::float8 as count,
         amount_minor::text as amount, currency, campaign_id as "campaignId", platform, post_id as "postId",
         content_type as "contentType" from retainer.conversion where ${OWN} and deleted_at is null`,
    ),
    posts: await read(
      `select client_id as "clientId", post_id as "postId", content_type as "contentType",
         campaign_id as "campaignId", minutes_spent::text as minutes from retainer.post where ${OWN}`,
    ),
    placements: await read(
      `select client_id as "clientId", post_id as "postId", occurrence, platform, ${MS('published_at')} as at
       from retainer.placement where ${OWN}`,
    ),
    series: await read(series),
    observations: await read(
      `select s.*, ${MS('o.at')} as at, o.local_date::text as date, o.value::text as value
       from (${series}) s join retainer.observation o on o.${OWN} and o.series_id::text = s."seriesId"`,
    ),
    exchange: await read(
      `select base, quote, on_date::text as date, rate::text from retainer.exchange_rate where ${OWN}`,
    ),
    given: await read(
      `select client_id as "clientId", kind, fact_id as "factId", on_date::text as date, from_currency as "from",
         to_currency as "to", numerator::text, denominator::text from retainer.fact_rate where ${OWN}`,
    ),
    baselines: await read(
      `select content_type as "contentType", from_date::text as "from", baseline_seconds::float8 as baseline,
         actual_seconds::float8 as actual from retainer.time_saved_baseline where ${OWN}`,
    ),
    held: await read(
      `select client_id as "clientId", ${MS('starts_at')} as start, ${MS('least(ends_at, trial_ends_at)')} as "end"
       from retainer.assignment where ${OWN}`,
    ),
    blocked: await read(
      `select client_id as "clientId", ${MS('starts_at')} as start, ${MS('ends_at')} as "end"
       from retainer.blocking_state where ${OWN}`,
    ),
    toolsUntil: state?.until ?? '0001-01-01',
  };
}
