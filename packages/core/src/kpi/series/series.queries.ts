import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';
import { toolShare } from '../../rollups/tool-share.ts';
import { returnColumns, returnSums, type ReturnRow } from '../return-rows.ts';

/** The days to read, cut into buckets. */
export interface BucketsAsked {
  /** The first and the last day of each bucket. */
  readonly buckets: readonly { readonly first: LocalDate; readonly last: LocalDate }[];
  readonly currency: string;
  /** From which day on the value of which client is known. */
  readonly valuedSince: ReadonlyMap<string, LocalDate>;
}

/** What a bucket cost and brought, before tools, apart for the clients whose value was known by its end and the others. */
export interface BucketRow extends ReturnRow {
  /** Its place among the buckets, from 0. */
  readonly place: number;
  readonly isValued: boolean;
  readonly posts: string;
}

const BUCKETS = `buckets as (
  select b.place::int - 1 as place, b.first, b.last from unnest($1::date[], $2::date[]) with ordinality b(first, last, place)
), valued as (
  select * from unnest($3::text[], $4::date[]) v(client_id, since))`;

/** All clients' buckets in the agency's currency. Those that are whole months come from the rollup by month. */
export async function readBuckets(sql: SqlSession, of: BucketsAsked): Promise<BucketRow[]> {
  const columns = `${returnColumns('r')}, r.posts`;
  const ofClients = `r.agency_id = current_setting('retainer.agency') and r.dimension = 'client' and r.currency = $5`;
  return sql.query(
    `with ${BUCKETS}, cut as (
       select *, date_trunc('month', first)::date = first and (first + interval '1 month')::date - 1 = last as is_month
       from buckets
     ), parts as (
       select b.place, b.last, r.client_id, ${columns} from cut b
       join retainer.rollup_month r on ${ofClients} and r.month = b.first
       where b.is_month
       union all
       select b.place, b.last, r.client_id, ${columns} from cut b
       join retainer.rollup_day r on ${ofClients} and r.local_date between b.first and b.last
       where not b.is_month)
     select p.place, coalesce(v.since <= p.last, false) as "isValued", sum(p.posts)::text as posts, ${returnSums('p')}
     from parts p left join valued v on v.client_id = p.client_id
     group by 1, 2`,
    [...valuesOf(of), of.currency],
  );
}

/** What tools cost in a bucket, apart in the same way. */
export interface BucketToolsRow {
  readonly place: number;
  readonly isValued: boolean;
  readonly toolsMinor: string;
  readonly toolsMissing: string;
}

/** What tools cost in each bucket, from the spans that touch it. */
export async function readBucketTools(
  sql: SqlSession,
  of: BucketsAsked,
): Promise<BucketToolsRow[]> {
  return sql.query(
    `with ${BUCKETS}
     select b.place, coalesce(v.since <= b.last, false) as "isValued",
       coalesce(sum(${toolShare('b.first', 'b.last')}), 0)::text as "toolsMinor",
       count(*) filter (where l.agency_minor is null)::text as "toolsMissing"
     from buckets b
     join retainer.leaf l on l.agency_id = current_setting('retainer.agency') and l.kind = 'tool'
       and l.to_date >= b.first and l.from_date <= b.last
     left join valued v on v.client_id = l.client_id
     group by 1, 2`,
    valuesOf(of),
  );
}

function valuesOf({ buckets, valuedSince }: BucketsAsked): unknown[] {
  return [
    buckets.map(({ first }) => first),
    buckets.map(({ last }) => last),
    [...valuedSince.keys()],
    [...valuedSince.values()],
  ];
}
