import type { Instant } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';

/** A client that is not archived, and which version of its promises stands. */
export interface ServedRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Instant;
}

/** The clients of the agency that are not archived, or those of them that are named, by id. */
export async function readServed(
  sql: SqlSession,
  clientIds: readonly string[] | undefined,
): Promise<ServedRow[]> {
  return sql.query(
    `select id, name, version::float8 as version, (extract(epoch from created_at) * 1000)::float8 as "createdAt"
     from retainer.client
     where agency_id = current_setting('retainer.agency') and archived_at is null
       and ($1::text[] is null or id = any ($1))
     order by id`,
    [clientIds ?? null],
  );
}
