import type { EntityManager } from '@mikro-orm/postgresql';
import type { TierTerms } from '@retainer/domain';

import { sqlSession, type SqlSession } from '../db/sql-session.ts';

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

/** A version of a tier, latest and former ones alike. */
export interface TierVersionRow {
  readonly tierId: string;
  readonly key: string;
  readonly name: string;
  readonly isArchived: boolean;
  readonly version: number;
  readonly isLatest: boolean;
  readonly features: TierTerms['features'];
  readonly limits: TierTerms['limits'];
  readonly countBy: TierTerms['countBy'];
  readonly enforcement: TierTerms['enforcement'];
  readonly monthlyMinor: string;
  readonly currency: string;
}

/** Every version of every tier that the agency has or had. */
export async function readTierVersions(sql: SqlSession): Promise<TierVersionRow[]> {
  const rows = await sql.query<TierVersionRow>(
    `select t.id as "tierId", t.key, t.name, t.archived_at is not null as "isArchived", v.version,
       v.version = max(v.version) over (partition by t.id) as "isLatest", v.features::text as features,
       v.limits::text as limits, v.count_by as "countBy", v.enforcement, v.monthly_minor::text as "monthlyMinor",
       v.currency
     from retainer.tier t join retainer.tier_version v on v.agency_id = t.agency_id and v.tier_id = t.id
     where t.agency_id = current_setting('retainer.agency')`,
    [],
  );
  return rows.map((row) => ({
    ...row,
    features: termsOf(row.features) as TierTerms['features'],
    limits: termsOf(row.limits) as TierTerms['limits'],
  }));
}

// Published versions are written from parsed terms and never change.
function termsOf(text: unknown): unknown {
  return JSON.parse(String(text));
}
