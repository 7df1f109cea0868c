import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../db/sql-session.ts';

/** The agency that a key's hash belongs to; all that may be known before the agency is. */
export async function findKeyAgency(em: EntityManager, hash: Buffer): Promise<string | undefined> {
  const rows = await sqlSession(em).query<{ agency_id: string }>(
    'select agency_id from retainer.api_key_agency($1) as agency_id',
    [hash],
  );
  return rows[0]?.agency_id;
}
