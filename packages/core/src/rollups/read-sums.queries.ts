import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { MEASURES, SUMS } from './rollup.queries.ts';
import type { DateRange } from './sums.ts';
import { toolShare } from './tool-share.ts';
import { WHOLE_MONTHS } from './whole-months.ts';

type SumColumn = (typeof SUMS)[number] | (typeof MEASURES)[number];

/** A row of sums as the database answers it. */
export type SumsRow = Readonly<Record<SumColumn, string | null>>;

/** One row of a client's figures: of a day (dimension `client`) or of a key of another dimension. */
export type ClientSumsRow = SumsRow & {
  readonly dimension: 'client' | 'platform' | 'content_type' | 'campaign';
  readonly key: string;
  readonly day: LocalDate | null;
};

const summed = [...SUMS, ...MEASURES]
  .map((column) => `sum(${column})::text as ${column}`)
  .join(', ');

/** A client's days, platforms, content types and campaigns in a range of days, in one statement. */
export async function readClientRows(
  sql: SqlSession,
  of: DateRange & { readonly clientId: string; readonly currency: string },
): Promise<ClientSumsRow[]> {
  return sql.query(
    `select dimension, key, case when dimension = 'client' then local_date end::text as day, ${summed}
     from retainer.rollup_day
     where agency_id = current_setting('retainer.agency') and dimension in ('client', 'platform', 'content_type', 'campaign')
       and client_id = $1 and local_date between $2::date and $3::date and currency = $4
     group by 1, 2, 3 order by 1, 2, 3`,
    [of.clientId, of.startDate, of.endDate, of.currency],
  );
}

/** A client's share of a tool, over the days of one of its spans. */
export interface ToolShareRow {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** In the client's currency; null where no exchange rate gives it. */
  readonly ownMinor: string | null;
}

/** What tools cost a client in spans that touch a range of days. */
export async function readToolShares(
  sql: SqlSession,
  { startDate, endDate, clientId }: DateRange & { readonly clientId: string },
): Promise<ToolShareRow[]> {
  return sql.query(
    `select from_date::text as "from", to_date::text as "to", client_minor::text as "ownMinor"
     from retainer.leaf
     where agency_id = current_setting('retainer.agency') and kind = 'tool' and client_id = $3
       and to_date >= $1::date and from_date <= $2::date`,
    [startDate, endDate, clientId],
  );
}

/** What tools cost a client in a range of days, in the agency's currency; the empty client is what no client bears. */
export interface ToolSumsRow {
  readonly clientId: string;
  readonly toolsMinor: string;
  /** How many shares no exchange rate gives. */
  readonly toolsMissing: string;
}

/** What tools cost each client of the agency in a range of days. */
export async function readToolSums(
  sql: SqlSession,
  { startDate, endDate }: DateRange,
): Promise<ToolSumsRow[]> {
  return sql.query(
    `select client_id as "clientId", coalesce(sum(${toolShare('$1::date', '$2::date')}), 0)::text as "toolsMinor",
       count(*) filter (where l.agency_minor is null)::text as "toolsMissing"
     from retainer.leaf l
     where l.agency_id = current_setting('retainer.agency') and l.kind = 'tool'
       and l.to_date >= $1::date and l.from_date <= $2::date
     group by client_id`,
    [startDate, endDate],
  );
}

/** The sums of every client of the agency in a range of days, or of some, in the agency's currency. */
export async function readAgencyRows(
  sql: SqlSession,
  of: DateRange & { readonly currency: string; readonly clientIds?: readonly string[] | undefined },
): Promise<(SumsRow & { readonly clientId: string })[]> {
  const { startDate, endDate, currency, clientIds } = of;
  const values = [startDate, endDate, currency];
  return clientIds
    ? sql.query(sumsOver('and r.currency = $3 and r.client_id = any ($4::text[])'), [
        ...values,
        clientIds,
      ])
    : sql.query(sumsOver('and r.currency = $3'), values);
}

/** Local days of some clients, for sums in each one's own currency. */
export type RangeOfClients = DateRange & { readonly clientIds: readonly string[] };

/** The sums of some clients in a range of days, each in its own currency. */
export async function readOwnRows(
  sql: SqlSession,
  { startDate, endDate, clientIds }: RangeOfClients,
): Promise<(SumsRow & { readonly clientId: string })[]> {
  const own = `and r.client_id = any ($3::text[]) and r.currency = (
    select coalesce(c.currency, a.currency) from retainer.client c join retainer.agency a on a.id = c.agency_id
    where c.agency_id = r.agency_id and c.id = r.client_id)`;
  return sql.query(sumsOver(own), [startDate, endDate, clientIds]);
}

/** What tools cost some clients in a range of days, each in its own currency. */
export async function readOwnToolSums(
  sql: SqlSession,
  { startDate, endDate, clientIds }: RangeOfClients,
): Promise<ToolSumsRow[]> {
  return sql.query(
    `select client_id as "clientId", coalesce(sum(${toolShare('$1::date', '$2::date', 'client_minor')}), 0)::text as "toolsMinor",
       count(*) filter (where l.client_minor is null)::text as "toolsMissing"
     from retainer.leaf l
     where l.agency_id = current_setting('retainer.agency') and l.kind = 'tool' and l.client_id = any ($3::text[])
       and l.to_date >= $1::date and l.from_date <= $2::date
     group by client_id`,
    [startDate, endDate, clientIds],
  );
}

// Whole months come from their own rows, the days before and after them from the days.
function sumsOver(which: string): string {
  const columns = [...SUMS, ...MEASURES].map((column) => `r.${column}`).join(', ');
  const ofClients = `r.agency_id = current_setting('retainer.agency') and r.dimension = 'client' ${which}`;
  return `with ${WHOLE_MONTHS}, parts as (
       select r.client_id, ${columns} from whole w
       join retainer.rollup_month r on ${ofClients} and r.month >= w.since and r.month < w.past
       union all
       select r.client_id, ${columns} from edges e
       join retainer.rollup_day r on ${ofClients} and r.local_date >= e.since and r.local_date < e.past
     )
     select client_id as "clientId", ${summed} from parts group by client_id order by client_id`;
}
