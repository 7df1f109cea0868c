import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../../db/sql-session.ts';
import type { Fresh } from '../../kernel/take-keyed.ts';
import type { ReadToolCost } from './tool-cost-input.ts';

/** Adds tools, but none whose key is taken, also by another transaction now; answers the ids of those it added. */
export async function insertToolCosts(
  em: EntityManager,
  { agencyId, createdAt }: { readonly agencyId: string; readonly createdAt: Date },
  tools: readonly Fresh<ReadToolCost>[],
): Promise<ReadonlySet<string>> {
  const rows = tools.map(({ id, key, row }) => ({
    ...row,
    amountMinor: String(row.amountMinor),
    id,
    key,
  }));
  const added = await sqlSession(em).query<{ id: string }>(
    `insert into retainer.tool_cost (agency_id, created_at, id, client_id, name, allocation, weights, amount_minor,
       currency, starts_on, ends_on, every_months, key)
     select $1, $2, t.id, t."clientId", t.name, t.allocation, t.weights, t."amountMinor", t.currency, t."startsOn",
       t."endsOn", t."everyMonths", t.key
     from json_to_recordset($3::json) t(id uuid, "clientId" text, name text, allocation text, weights jsonb,
       "amountMinor" bigint, currency text, "startsOn" date, "endsOn" date, "everyMonths" integer, key text)
     on conflict (agency_id, key) where key is not null do nothing
     returning id`,
    [agencyId, createdAt, JSON.stringify(rows)],
  );
  return new Set(added.map(({ id }) => id));
}
