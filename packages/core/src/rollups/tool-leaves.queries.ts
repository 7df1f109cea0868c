import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** Which leaves of tools: of these tools, or of all; those whose span ends on a day or later. */
export interface ToolScope {
  readonly ids: readonly string[] | undefined;
  readonly from: LocalDate;
}

/** A share of a tool as it is kept. */
export interface ToolLeafRow {
  readonly clientId: string;
  readonly factId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly amountMinor: string;
  readonly currency: string;
  readonly clientMinor: string | null;
  readonly agencyMinor: string | null;
}

/** The shares of tools that are kept. */
export async function readToolLeaves(
  sql: SqlSession,
  { ids, from }: ToolScope,
): Promise<ToolLeafRow[]> {
  return sql.query(
    `select client_id as "clientId", fact_id as "factId", from_date::text as "from", to_date::text as "to",
       amount_minor::text as "amountMinor", currency, client_minor::text as "clientMinor",
       agency_minor::text as "agencyMinor"
     from retainer.leaf where agency_id = current_setting('retainer.agency') and kind = 'tool'
       and ($1::text[] is null or fact_id = any ($1::text[])) and to_date >= $2::date`,
    [ids ?? null, from],
  );
}

/** Takes away shares of tools. */
export async function removeToolLeaves(
  sql: SqlSession,
  leaves: readonly Pick<ToolLeafRow, 'clientId' | 'factId' | 'from'>[],
): Promise<void> {
  if (leaves.length === 0) return;
  await sql.query(
    `delete from retainer.leaf l using unnest($1::text[], $2::text[], $3::date[]) k(client_id, fact_id, from_date)
     where l.agency_id = current_setting('retainer.agency') and l.kind = 'tool' and l.client_id = k.client_id
       and l.fact_id = k.fact_id and l.from_date = k.from_date`,
    [
      leaves.map((leaf) => leaf.clientId),
      leaves.map((leaf) => leaf.factId),
      leaves.map((leaf) => leaf.from),
    ],
  );
}
