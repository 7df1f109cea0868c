import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** What a person worked and could have worked. */
export interface PersonTimeRow {
  readonly person: string;
  readonly billableSeconds: string;
  readonly seconds: string;
  /** Null where nobody said how much there was. */
  readonly availableSeconds: string | null;
  /** The person comes after the one that was told last. */
  readonly isNext: boolean;
}

/** Everybody who tracked time on the local days of a month or has a capacity in it, by person. */
export async function readPeoplesTime(
  sql: SqlSession,
  of: { readonly month: LocalDate; readonly after: string | undefined },
): Promise<PersonTimeRow[]> {
  return sql.query(
    `with worked as (
       select t.person, sum(l.billable_seconds) as billable_seconds, sum(l.seconds) as seconds
       from retainer.client c
       join retainer.leaf l on l.agency_id = c.agency_id and l.client_id = c.id
         and l.from_date >= $1::date and l.from_date < $1::date + interval '1 month' and l.kind = 'time'
       join retainer.time_entry t on t.agency_id = l.agency_id and t.id = l.fact_id::uuid
       where c.agency_id = current_setting('retainer.agency')
       group by t.person
     ), available as (
       select person, seconds from retainer.capacity
       where agency_id = current_setting('retainer.agency') and month = $1::date
     )
     select person, coalesce(w.billable_seconds, 0)::text as "billableSeconds",
       coalesce(w.seconds, 0)::text as seconds, a.seconds::text as "availableSeconds",
       ($2::text is null or person > $2) as "isNext"
     from worked w full join available a using (person) order by person`,
    [of.month, of.after ?? null],
  );
}
