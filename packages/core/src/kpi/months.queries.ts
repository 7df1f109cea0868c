import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import { toolShare } from '../rollups/tool-share.ts';
import { returnColumns, returnSums, type ReturnRow } from './return-rows.ts';

/** The months to read: whole ones from `first` on, and the one of `last` up to that day. */
export interface MonthsAsked {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly currency: string;
  readonly clients: readonly MonthsClient[];
}

/** A client whose months are read. */
export interface MonthsClient {
  readonly id: string;
  /** From which day on its value is known. */
  readonly since: LocalDate | null;
  /** Together with which others it is summed. */
  readonly group: string;
}

/** What a month cost and brought, apart for the clients whose value was known by its end and the others. */
export interface MonthRow extends ReturnRow {
  readonly group: string;
  readonly month: LocalDate;
  readonly isValued: boolean;
}

// The last day of the months that are told, whole or not.
const MONTHS = `months as (
  select m::date as month, least((m + interval '1 month')::date - 1, $2::date) as month_end
  from generate_series($1::date::timestamp, $2::date::timestamp, '1 month') m
)`;

/** The months of some clients in the agency's currency, by group, before tools. */
export async function readMonths(
  sql: SqlSession,
  { first, last, currency, clients }: MonthsAsked,
): Promise<MonthRow[]> {
  return sql.query(
    `with ${MONTHS}, asked as materialized (
       select * from unnest($4::text[], $5::date[], $6::text[]) v(client_id, since, grp)
     ), parts as (
       select r.client_id, r.month, ${returnColumns('r')} from retainer.rollup_month r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client'
         and r.month >= $1::date and r.month < date_trunc('month', $2::date + 1)::date and r.currency = $3
         and r.client_id = any ($4::text[])
       union all
       select r.client_id, date_trunc('month', r.local_date)::date, ${returnColumns('r')} from retainer.rollup_day r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client'
         and r.local_date between date_trunc('month', $2::date + 1)::date and $2::date and r.currency = $3
         and r.client_id = any ($4::text[]))
     select v.grp as "group", m.month::text as month, coalesce(v.since <= m.month_end, false) as "isValued",
       ${returnSums('p')}
     from parts p
     join months m on m.month = p.month
     join asked v on v.client_id = p.client_id
     group by 1, 2, 3`,
    [
      first,
      last,
      currency,
      clients.map(({ id }) => id),
      clients.map(({ since }) => since),
      clients.map(({ group }) => group),
    ],
  );
}

/** What tools cost in a month, apart in the same way. */
export interface MonthToolsRow {
  readonly month: LocalDate;
  readonly isValued: boolean;
  readonly toolsMinor: string;
  readonly toolsMissing: string;
}

/** What tools cost the agency on these days of months, each within one, from the spans that touch them. */
export async function readMonthTools(
  sql: SqlSession,
  months: readonly DateRange[],
  clients: readonly Pick<MonthsClient, 'id' | 'since'>[],
): Promise<MonthToolsRow[]> {
  const valued = clients.filter(({ since }) => since !== null);
  const [firsts, lasts] = [
    months.map(({ startDate }) => startDate),
    months.map(({ endDate }) => endDate),
  ];
  // Most spans lie within one month, which bears all of their cost; only the others are shared out by their days.
  return sql.query(
    `with months as (
       select m.month, m.month_end from unnest($3::date[], $4::date[]) m(month, month_end)
     ), valued as (
       select * from unnest($5::text[], $6::date[]) v(client_id, since)
     ), touching as materialized (
       select l.client_id, l.from_date, l.to_date, l.agency_minor, w.month as within
       from retainer.leaf l
       left join months w on w.month = l.from_date - (date_part('day', l.from_date)::int - 1) and l.to_date <= w.month_end
       where l.agency_id = current_setting('retainer.agency') and l.kind = 'tool'
         and l.to_date >= $1::date and l.from_date <= $2::date
     ), across as materialized (
       select * from touching where within is null
     ), parts as (
       select client_id, within as month, agency_minor as minor, agency_minor is null as is_missing
       from touching where within is not null
       union all
       select l.client_id, m.month, ${toolShare('m.month', 'm.month_end')}, l.agency_minor is null
       from across l join months m on m.month <= l.to_date and m.month_end >= l.from_date)
     select m.month::text as month, coalesce(v.since <= m.month_end, false) as "isValued",
       coalesce(sum(p.minor), 0)::text as "toolsMinor", count(*) filter (where p.is_missing)::text as "toolsMissing"
     from parts p
     join months m on m.month = p.month
     left join valued v on v.client_id = p.client_id
     group by 1, 2`,
    [
      firsts.toSorted()[0],
      lasts.toSorted().at(-1),
      firsts,
      lasts,
      valued.map(({ id }) => id),
      valued.map(({ since }) => since),
    ],
  );
}
