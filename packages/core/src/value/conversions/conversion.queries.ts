import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../../db/sql-session.ts';
import type { Fresh } from '../../kernel/take-keyed.ts';
import type { ReadConversion } from './conversion-input.ts';

/**
 * Adds conversions of one client, but none whose key is taken, also by another transaction that adds it now; answers
 * the ids of those it added. Their content type stays the post's own matter: it is looked up where it is needed.
 */
export async function insertConversions(
  em: EntityManager,
  owner: { readonly agencyId: string; readonly clientId: string; readonly createdAt: Date },
  rows: readonly Fresh<ReadConversion>[],
): Promise<ReadonlySet<string>> {
  // In one order for all, so that two imports of the same keys cannot wait for each other.
  const sorted = rows.toSorted((a, b) => compare(a.key ?? '', b.key ?? ''));
  const records = sorted.map(({ id, key, row: { money, ...read } }) => ({
    id,
    key,
    ...read,
    amountMinor: money?.amountMinor.toString(),
    currency: money?.currency,
  }));
  const added = await sqlSession(em).query<{ id: string }>(
    `insert into retainer.conversion (agency_id, client_id, created_at, id, kind, local_date, at, count, amount_minor,
       currency, campaign_id, platform, post_id, source, attribution_model, key)
     select $1, $2, $3, c.id, c.kind, c."localDate", c.at, c.count, c."amountMinor", c.currency, c."campaignId",
       c.platform, c."postId", c.source, c."attributionModel", c.key
     from json_to_recordset($4::json) c(id uuid, kind text, "localDate" date, at timestamptz, count bigint,
       "amountMinor" bigint, currency text, "campaignId" text, platform text, "postId" text, source text,
       "attributionModel" text, key text)
     on conflict do nothing returning id`,
    [owner.agencyId, owner.clientId, owner.createdAt, JSON.stringify(records)],
  );
  return new Set(added.map(({ id }) => id));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
