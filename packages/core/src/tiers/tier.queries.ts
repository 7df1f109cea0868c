import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../db/sql-session.ts';

interface NamedTier {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
}

/** The agency's tier of this name, in whatever letters. */
export async function findTierByName(
  em: EntityManager,
  name: string,
): Promise<NamedTier | undefined> {
  const rows = await sqlSession(em).query<NamedTier>(
    `select id, name, archived_at is not null as archived
     from retainer.tier
     where agency_id = current_setting('retainer.agency') and lower(name) = lower($1)`,
    [name],
  );
  return rows[0];
}

/** The keys of all the agency's tiers. */
export async function readTierKeys(em: EntityManager): Promise<string[]> {
  const rows = await sqlSession(em).query<{ key: string }>(
    `select key from retainer.tier where agency_id = current_setting('retainer.agency')`,
    [],
  );
  return rows.map((row) => row.key);
}

/** The number of the latest version of each of the agency's tiers, by tier. */
export async function readLatestVersions(em: EntityManager): Promise<Map<string, number>> {
  const rows = await sqlSession(em).query<{ tier_id: string; version: number }>(
    `select tier_id, max(version) as version from retainer.tier_version
     where agency_id = current_setting('retainer.agency') group by tier_id`,
    [],
  );
  return new Map(rows.map((row) => [row.tier_id, row.version]));
}
