import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import type { Annotation } from './annotation.entity.ts';

/** An annotation as its row has it. */
export type AnnotationRow = Readonly<
  Pick<
    Annotation,
    | 'id'
    | 'clientId'
    | 'fromDate'
    | 'toDate'
    | 'kind'
    | 'title'
    | 'note'
    | 'link'
    | 'createdAt'
    | 'changedAt'
  >
>;

type Row = Omit<AnnotationRow, 'createdAt' | 'changedAt'> &
  Record<'createdAt' | 'changedAt', number>;

/** The annotations that touch any of these ranges of days, the latest first. */
export async function selectAnnotations(
  sql: SqlSession,
  of: { readonly ranges: readonly DateRange[]; readonly limit: number },
): Promise<AnnotationRow[]> {
  const { ranges, limit } = of;
  const rows = await sql.query<Row>(
    `select id, client_id as "clientId", from_date::text as "fromDate", to_date::text as "toDate", kind, title, note,
       link, (extract(epoch from created_at) * 1000)::float8 as "createdAt",
       (extract(epoch from changed_at) * 1000)::float8 as "changedAt"
     from retainer.annotation a
     where agency_id = current_setting('retainer.agency') and exists (
       select from unnest($1::date[], $2::date[]) r(first, last) where a.from_date <= r.last and a.to_date >= r.first)
     order by a.from_date desc, a.id desc limit $3`,
    [ranges.map(({ startDate }) => startDate), ranges.map(({ endDate }) => endDate), limit],
  );
  return rows.map(({ createdAt, changedAt, ...row }) => ({
    ...row,
    createdAt: new Date(createdAt),
    changedAt: new Date(changedAt),
  }));
}
