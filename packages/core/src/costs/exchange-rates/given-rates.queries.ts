import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../../db/sql-session.ts';

/** A published exchange rate: one unit of `base` in `quote`. */
export interface ExchangeRateRow {
  readonly base: string;
  readonly quote: string;
  readonly date: LocalDate;
  readonly rate: string;
}

/** The rate that a fact was given, and keeps. */
export interface FactRateRow {
  readonly clientId: string;
  readonly kind: string;
  readonly factId: string;
  readonly date: LocalDate;
  readonly from: string;
  readonly to: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly rateDate: LocalDate;
}

/** All published rates that could price a fact dated between two days. */
export async function readExchangeRates(
  sql: SqlSession,
  { first, last }: { readonly first: LocalDate; readonly last: LocalDate },
): Promise<ExchangeRateRow[]> {
  return sql.query(
    `select base, quote, on_date::text as date, rate::text from retainer.exchange_rate
     where agency_id = current_setting('retainer.agency') and on_date between $1::date - 7 and $2::date`,
    [first, last],
  );
}

/** The rates that facts were given earlier. */
export async function readFactRates(
  sql: SqlSession,
  facts: readonly { readonly clientId: string; readonly factId: string }[],
): Promise<FactRateRow[]> {
  return sql.query(
    `select f.client_id as "clientId", f.kind, f.fact_id as "factId", f.on_date::text as date,
       f.from_currency as "from", f.to_currency as "to", f.numerator::text, f.denominator::text,
       f.rate_date::text as "rateDate"
     from retainer.fact_rate f join (select distinct * from unnest($1::text[], $2::text[]) k(client_id, fact_id)) k
       on f.client_id = k.client_id and f.fact_id = k.fact_id
     where f.agency_id = current_setting('retainer.agency')`,
    [facts.map((fact) => fact.clientId), facts.map((fact) => fact.factId)],
  );
}

/** Remembers the rates that facts were given now. */
export async function keepFactRates(sql: SqlSession, rates: readonly FactRateRow[]): Promise<void> {
  if (rates.length === 0) return;
  await sql.query(
    `insert into retainer.fact_rate (agency_id, client_id, kind, fact_id, on_date, from_currency, to_currency,
       numerator, denominator, rate_date)
     select current_setting('retainer.agency'), r."clientId", r.kind, r."factId", r.date, r."from", r."to",
       r.numerator, r.denominator, r."rateDate"
     from json_to_recordset($1::json) r("clientId" text, kind text, "factId" text, date date, "from" text, "to" text,
       numerator numeric, denominator numeric, "rateDate" date)
     order by r."clientId", r.kind, r."factId", r.date, r."from", r."to"
     on conflict do nothing`,
    [JSON.stringify(rates)],
  );
}
