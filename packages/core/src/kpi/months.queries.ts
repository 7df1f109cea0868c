import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { toolShare } from '../rollups/tool-share.ts';
import { returnColumns, returnSums, type ReturnRow } from './return-rows.ts';

/** The months to read: whole ones from `first` on, and the one of `last` up to that day. */
export interface MonthsAsked {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly currency: string;
  /** From which day on the value of which client is known. */
  readonly valuedSince: ReadonlyMap<string, LocalDate>;
}

/** What a month cost and brought, apart for the clients whose value was known by its end and the others. */
export interface MonthRow extends ReturnRow {
  readonly month: LocalDate;
  readonly isValued: boolean;
}

// The last day of the months that are told, whole or not.
const MONTHS = `months as (
  select m::date as month, least((m + interval '1 month')::date - 1, $2::date) as month_end
  from generate_series($1::date::timestamp, $2::date::timestamp, '1 month') m
), valued as (
  select * from unnest($3::text[], $4::date[]) v(client_id, since))`;

/** The agency's months in its currency, before tools. */
export async function readMonths(sql: SqlSession, of: MonthsAsked): Promise<MonthRow[]> {
  return sql.query(
    `with ${MONTHS}, parts as (
       select r.client_id, r.month, ${returnColumns('r')} from retainer.rollup_month r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client'
         and r.month >= $1::date and r.month < date_trunc('month', $2::date + 1)::date and r.currency = $5
       union all
       select r.client_id, date_trunc('month', r.local_date)::date, ${returnColumns('r')} from retainer.rollup_day r
       where r.agency_id = current_setting('retainer.agency') and r.dimension = 'client'
         and r.local_date between date_trunc('month', $2::date + 1)::date and $2::date and r.currency = $5)
     select m.month::text as month, coalesce(v.since <= m.month_end, false) as "isValued", ${returnSums('p')}
     from parts p
     join months m on m.month = p.month
     left join valued v on v.client_id = p.client_id
     group by 1, 2`,
    [...valuesOf(of), of.currency],
  );
}

/** What tools cost in a month, apart in the same way. */
export interface MonthToolsRow {
  readonly month: LocalDate;
  readonly isValued: boolean;
  readonly toolsMinor: string;
  readonly toolsMissing: string;
}

/** What tools cost in the agency's months, from the spans that touch them. */
export async function readMonthTools(sql: SqlSession, of: MonthsAsked): Promise<MonthToolsRow[]> {
  // Most spans lie within one month, which bears all of their cost; only the others are shared out by their days.
  return sql.query(
    `with ${MONTHS}, touching as materialized (
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
    valuesOf(of),
  );
}

function valuesOf({ first, last, valuedSince }: MonthsAsked): unknown[] {
  return [first, last, [...valuedSince.keys()], [...valuedSince.values()]];
}
