import type { EntityManager } from '@mikro-orm/postgresql';

import { sqlSession } from '../../db/sql-session.ts';
import type { Fresh } from '../../kernel/take-keyed.ts';
import type { ReadClientCost } from './client-cost-input.ts';
import type { ClientCostKind } from './client-cost.entity.ts';

/** Whose costs, and which. */
export interface ClientCostOwner {
  readonly agencyId: string;
  readonly clientId: string;
  readonly kind: ClientCostKind;
}

/** Adds costs, but none whose key is taken, also by another transaction now; answers the ids of those it added. */
export async function insertClientCosts(
  em: EntityManager,
  { agencyId, clientId, kind, createdAt }: ClientCostOwner & { readonly createdAt: Date },
  costs: readonly Fresh<ReadClientCost>[],
): Promise<ReadonlySet<string>> {
  const rows = costs.map(({ id, key, row }) => ({
    ...row,
    amountMinor: String(row.amountMinor),
    id,
    key,
  }));
  // In one order for all, so that two imports of the same keys cannot wait for each other.
  const added = await sqlSession(em).query<{ id: string }>(
    `insert into retainer.client_cost (agency_id, client_id, kind, created_at, id, name, campaign_id, platform,
       from_date, to_date, amount_minor, currency, key)
     select $1, $2, $3, $4, c.id, c.name, c."campaignId", c.platform, c."fromDate", c."toDate", c."amountMinor",
       c.currency, c.key
     from json_to_recordset($5::json) c(id uuid, name text, "campaignId" text, platform text, "fromDate" date,
       "toDate" date, "amountMinor" bigint, currency text, key text)
     order by c.key collate "C", c.id
     on conflict (agency_id, client_id, key) where key is not null do nothing
     returning id`,
    [agencyId, clientId, kind, createdAt, JSON.stringify(rows)],
  );
  return new Set(added.map(({ id }) => id));
}
