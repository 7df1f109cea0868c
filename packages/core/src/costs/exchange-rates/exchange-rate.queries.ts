import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import { sqlSession } from '../../db/sql-session.ts';

interface PublishedRate {
  readonly date: LocalDate;
  readonly quote: string;
  /** An exact decimal; PostgreSQL reads it as one. */
  readonly rate: string;
}

interface Publication {
  readonly agencyId: string;
  readonly base: string;
  readonly source: string;
  readonly at: Date;
}

/** A rate that was written, and what it was before. */
export interface WrittenRate extends PublishedRate {
  readonly before: string | null;
}

/** Adds rates and corrects those that differ; answers only what it wrote. The caller holds the agency's lock. */
export async function writeExchangeRates(
  em: EntityManager,
  { agencyId, base, source, at }: Publication,
  rates: readonly PublishedRate[],
): Promise<WrittenRate[]> {
  return sqlSession(em).query(
    `with known as (
       select quote, on_date, rate from retainer.exchange_rate where agency_id = $1 and base = $2),
     written as (
       insert into retainer.exchange_rate as e (agency_id, base, source, created_at, quote, on_date, rate)
       select $1, $2, $3, $4, r.quote, r.date, r.rate
       from json_to_recordset($5::json) r(quote text, date date, rate numeric)
       on conflict (agency_id, base, quote, on_date) do update
       set rate = excluded.rate, source = excluded.source, created_at = excluded.created_at
       where e.rate <> excluded.rate
       returning quote, on_date, rate)
     select w.quote, w.on_date::text as date, w.rate::text, k.rate::text as before
     from written w left join known k on k.quote = w.quote and k.on_date = w.on_date
     order by w.on_date, w.quote`,
    [agencyId, base, source, at, JSON.stringify(rates)],
  );
}
