import type { BilledTerm, LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { BillingMonths } from './assignment.entity.ts';

/** Terms that a client is billed under; their id is the assignment's. */
export interface BilledTermOfClient extends BilledTerm {
  readonly clientId: string;
}

/** Instants come as milliseconds; an open end as null. */
interface TermRow {
  readonly clientId: string;
  readonly id: string;
  readonly from: number;
  readonly to: number | null;
  readonly endedBy: 'change' | 'cancel' | null;
  readonly anchor: LocalDate;
  readonly everyMonths: BillingMonths;
  readonly onTrial: boolean;
  readonly priceMinor: string;
  readonly currency: string;
}

/**
 * The terms of some clients, or of all, that may charge something for dates between two days, by client and start.
 * An archived client is billed as one that canceled then. A period charged in full may end a year after its term.
 */
export async function readBilledTerms(
  sql: SqlSession,
  of: {
    readonly startDate: LocalDate;
    readonly endDate: LocalDate;
    readonly clientIds: readonly string[] | undefined;
  },
): Promise<BilledTermOfClient[]> {
  const rows = await sql.query<TermRow>(
    `select a.client_id as "clientId", a.id, (extract(epoch from a.starts_at) * 1000)::float8 as "from",
       (extract(epoch from least(a.ends_at, c.archived_at)) * 1000)::float8 as "to",
       case when c.archived_at < coalesce(a.ends_at, 'infinity') then 'cancel' else a.ended_by end as "endedBy",
       a.anchor::text, a.every_months as "everyMonths", a.trial_ends_at is not null as "onTrial",
       a.price_minor::text as "priceMinor", a.currency
     from retainer.assignment a
     join retainer.client c on c.agency_id = a.agency_id and c.id = a.client_id
     where a.agency_id = current_setting('retainer.agency') and ($3::text[] is null or a.client_id = any ($3))
       and a.starts_at < coalesce(c.archived_at, 'infinity') and a.starts_at < $2::date + 3
       and coalesce(a.ends_at, 'infinity') > $1::date - 370
     order by a.client_id, a.starts_at`,
    [of.startDate, of.endDate, of.clientIds ?? null],
  );
  return rows.map(({ anchor, everyMonths, priceMinor, currency, ...row }) => ({
    ...row,
    to: row.to ?? Infinity,
    endedBy: row.endedBy ?? undefined,
    anchor: { date: anchor, everyMonths },
    price: { amountMinor: BigInt(priceMinor), currency },
  }));
}

/** A client, and which version of its promises stands. */
export interface PromisedRow {
  readonly id: string;
  readonly version: number;
}

/** The clients that have or had a tier, archived ones too. */
export async function readPromised(sql: SqlSession): Promise<PromisedRow[]> {
  return sql.query(
    `select c.id, c.version::float8 as version from retainer.client c
     where c.agency_id = current_setting('retainer.agency') and exists (select from retainer.assignment a
       where a.agency_id = c.agency_id and a.client_id = c.id)`,
    [],
  );
}

/** Whether anything is charged in another currency than one of these. */
export async function hasForeignPrices(
  sql: SqlSession,
  currencies: readonly string[],
): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `select exists (select from retainer.assignment
       where agency_id = current_setting('retainer.agency') and currency <> any ($1::text[]) and price_minor > 0) as found`,
    [currencies],
  );
  return row?.found ?? true;
}
