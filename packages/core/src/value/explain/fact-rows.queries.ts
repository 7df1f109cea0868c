import type { LeafKind } from '../../rollups/leaf.ts';
import { DELTAS, TOLD_OF_C } from '../../rollups/observed-growth.ts';
import type { FactsOf, LeafMeasure } from './fact-figures.ts';

/** By what the facts of one row of a breakdown are told from the others. */
export type RowColumn = 'platform' | 'content_type' | 'campaign_id';

/** What one of them is worth where it has no amount of its own, in minor units of the client's currency. */
export interface Worths {
  readonly conversionMinor: bigint;
  readonly leadMinor: bigint;
}

/** Which facts are wanted: those of a figure, all of them or of one row. */
export interface FactsWanted {
  readonly facts: FactsOf;
  readonly column: RowColumn | undefined;
  readonly worths: Worths;
}

type LeavesOf = Extract<FactsOf, { from: 'leaves' }>;
type ObservationsOf = Extract<FactsOf, { from: 'observations' }>;

/**
 * The facts of a figure as common table expressions, the last of them `facts`: one row a leaf, or a day of a series.
 * `value` is what the row adds, null where that is not known. $1 is the client, $2 and $3 the first and the last day,
 * $4 the key of the row, null without one. The expression `repriced` holds what another hourly rate makes of leaves.
 */
export function factsSql({ facts, column, worths }: FactsWanted): string {
  const isOfRow = `($4::text is null or ${column ?? 'platform'} = $4)`;
  switch (facts.from) {
    case 'leaves':
      return leafFacts(facts, { isOfRow, worths });
    case 'observations':
      return observedFacts(facts, isOfRow);
    case 'reach':
      return reachFacts(isOfRow);
  }
}

const DAYS = 'l.to_date - l.from_date + 1';
/** What the days inside the range get of an amount that is spread over the leaf's days. */
const share = (amount: string): string =>
  `(retainer.days_share(${amount}, ${DAYS}, least(l.to_date, $3::date) - l.from_date + 1)
    - retainer.days_share(${amount}, ${DAYS}, greatest(l.from_date, $2::date) - l.from_date))`;

const CLIENT_MINOR = `case when o.kind is null then l.client_minor else o.minor end`;
const OWN_MINOR = `case when o.kind is null then l.amount_minor else o.minor end`;
const HAS_AMOUNT = `(l.amount_minor is not null or l.missing)`;

const ADDS: Readonly<Record<LeafMeasure, (worths: Worths) => string>> = {
  seconds: () => 'l.seconds',
  billableSeconds: () => 'l.billable_seconds',
  baselineSeconds: () => 'l.baseline_seconds',
  count: () => 'l.count',
  minor: () => share(CLIENT_MINOR),
  // Whole numbers of ours, not text that a caller sent.
  worth: ({ conversionMinor, leadMinor }) =>
    `case when l.kind = 'lead' then l.count * ${leadMinor}::numeric
       when l.kind = 'conversion' and not ${HAS_AMOUNT} then l.count * ${conversionMinor}::numeric
       else ${share(CLIENT_MINOR)} end`,
};

const CONVERSIONS: Readonly<Record<NonNullable<LeavesOf['conversions']>, string>> = {
  with_amount: `and (l.kind <> 'conversion' or ${HAS_AMOUNT})`,
  without_amount: `and not ${HAS_AMOUNT}`,
};

interface FactTable {
  readonly table: string;
  readonly kinds: readonly LeafKind[];
  /** What a fact is called, where it came from, and more about that. */
  readonly label: string;
  readonly source: string;
  readonly detail: string;
  /** What the whole cost was before clients shared it. */
  readonly whole: string;
  /** The seconds and the count that are shown, where the facts have any. */
  readonly seconds?: string;
  readonly count?: string;
}

const TABLES: readonly FactTable[] = [
  {
    table: 'time_entry',
    kinds: ['time', 'saved'],
    label: `concat_ws(': ', f.person, nullif(f.activity, ''))`,
    source: 'f.source',
    detail: 'null',
    whole: 'l.amount_minor',
    seconds: 'l.seconds',
  },
  {
    table: 'tool_cost',
    kinds: ['tool'],
    label: 'f.name',
    source: 'f.name',
    detail: `case when f.client_id is null then f.allocation end`,
    whole: 'f.amount_minor',
  },
  {
    table: 'client_cost',
    kinds: ['ad_spend', 'other'],
    label: `coalesce(nullif(f.name, ''), g.name, nullif(l.campaign_id, ''), nullif(l.platform, ''), l.kind)`,
    source: `coalesce(nullif(f.name, ''), g.name, nullif(l.campaign_id, ''), nullif(l.platform, ''), l.kind)`,
    detail: 'null',
    whole: 'l.amount_minor',
  },
  {
    table: 'conversion',
    kinds: ['lead', 'conversion', 'revenue'],
    label: 'f.source',
    source: 'f.source',
    detail: 'f.attribution_model',
    whole: 'l.amount_minor',
    count: 'l.count',
  },
];

function leafFacts(
  { kinds, measure, conversions }: LeavesOf,
  { isOfRow, worths }: { readonly isOfRow: string; readonly worths: Worths },
): string {
  const only = conversions ? CONVERSIONS[conversions] : '';
  const parts = TABLES.flatMap((one) => {
    const wanted = one.kinds.filter((kind) => kinds.includes(kind));
    return wanted.length === 0 ? [] : [leavesOf(one, wanted, { measure, worths }) + only];
  });
  return `facts as (select * from (${parts.join(' union all ')}) l where ${isOfRow})`;
}

function leavesOf(
  { table, label, source, detail, whole, ...shown }: FactTable,
  kinds: readonly LeafKind[],
  { measure, worths }: { readonly measure: LeafMeasure; readonly worths: Worths },
): string {
  const kindList = `l.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')})`;
  const adds = ADDS[measure](worths);
  const minor = MONEY.has(measure) ? adds : share(CLIENT_MINOR);
  const seconds = SECONDS.has(measure) ? adds : (shown.seconds ?? 'null::bigint');
  // The id is only read as one where it is: the planner may look at other leaves first.
  return `
  select greatest(l.from_date, $2::date) as date, least(l.to_date, $3::date) as until, l.kind, l.fact_id as ref,
    l.from_date as origin, l.to_date as origin_until, l.fact_id, l.post_id, null as channel_id, l.platform,
    l.content_type, l.campaign_id, ${label} as label, ${source} as source, ${detail} as detail,
    ${seconds} as seconds, (${shown.count ?? 'null'})::numeric as count, (${minor})::numeric as minor,
    ${share(OWN_MINOR)} as own_minor, coalesce(o.currency, l.currency) as currency, case when f.id is not null then ${whole} end as whole_minor,
    case when o.kind is null then l.missing or (l.amount_minor is not null and l.client_minor is null)
      else o.minor is null end as missing,
    null::numeric as observed, null::numeric as observed_before, (${adds})::numeric as value
  from retainer.leaf l
  left join retainer.${table} f on f.agency_id = l.agency_id and f.id = case when ${kindList} then l.fact_id::uuid end
  left join repriced o on o.kind = l.kind and o.fact_id = l.fact_id and o.date = l.from_date
  left join retainer.campaign g on g.agency_id = l.agency_id and g.client_id = l.client_id and g.id = l.campaign_id
  where l.agency_id = current_setting('retainer.agency') and l.client_id = $1 and ${kindList}
    and (l.to_date = l.from_date and l.from_date between $2::date and $3::date
      or l.to_date > l.from_date and l.to_date >= $2::date and l.from_date <= $3::date)
  `;
}

const MONEY: ReadonlySet<LeafMeasure> = new Set(['minor', 'worth']);
const SECONDS: ReadonlySet<LeafMeasure> = new Set([
  'seconds',
  'billableSeconds',
  'baselineSeconds',
]);

const NO_AMOUNT = `null::numeric as minor, null::bigint as own_minor, null as currency, null::bigint as whole_minor,
    false as missing`;

function observedFacts({ column, beside }: ObservationsOf, isOfRow: string): string {
  return `
keys as materialized (
  select $1::text as client_id, d::date as d from generate_series($2::date::timestamp, $3::date::timestamp, '1 day') d
), ${DELTAS}, facts as (
  select * from (
    select c.d as date, c.d as until, 'observation' as kind, c.series_id::text as ref, c.d as origin,
      c.d as origin_until, null as fact_id, case when c.level = 'post' then c.subject end as post_id,
      case when c.level = 'account' then c.subject end as channel_id, c.platform,
      coalesce(p.content_type, '') as content_type, coalesce(p.campaign_id, '') as campaign_id,
      c.metric as label, c.platform as source, c.level as detail, null::bigint as seconds, c.delta as count, ${NO_AMOUNT},
      c.last_value as observed, c.value_before as observed_before, c.delta as value
    from deltas c
    left join retainer.post p on c.level = 'post' and p.agency_id = current_setting('retainer.agency')
      and p.client_id = c.client_id and p.post_id = c.subject
    ${beside ? `join lateral (${TOLD_OF_C}) has on has.${beside}` : ''}
    where '${column}' = any (c.columns)) l
  where ${isOfRow})`;
}

function reachFacts(isOfRow: string): string {
  return `facts as (
  select * from (
    select distinct on (s.id, o.local_date) o.local_date as date, o.local_date as until, 'observation' as kind,
      s.id::text as ref, o.local_date as origin, o.local_date as origin_until, null as fact_id, null as post_id,
      s.subject as channel_id, s.platform, '' as content_type, '' as campaign_id,
      case when s.kind = 'daily' then 'reach of the day' else 'reach of ' || s.window_days || ' days' end as label,
      s.platform as source, s.kind as detail, null::bigint as seconds, o.value as count, ${NO_AMOUNT},
      o.value as observed, null::numeric as observed_before, o.value
    from retainer.series s
    join retainer.observation o on o.agency_id = s.agency_id and o.series_id = s.id
    where s.agency_id = current_setting('retainer.agency') and s.client_id = $1
      and s.metric = 'reach' and s.level = 'account'
      and (s.kind = 'daily' and o.local_date between $2::date and $3::date
        or s.kind = 'window_total' and o.local_date = $3::date and s.window_days = $3::date - $2::date + 1)
    order by s.id, o.local_date, o.at desc) l
  where ${isOfRow})`;
}
