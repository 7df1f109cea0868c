import type { EntityManager } from '@mikro-orm/postgresql';

import type { ServiceContext } from '../../kernel/context.ts';
import { takeKeyed, type Standing, type Taken } from '../../kernel/take-keyed.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import { readClientCost, type ClientCostFields, type ReadClientCost } from './client-cost-input.ts';
import { ClientCost, type ClientCostKind } from './client-cost.entity.ts';
import { insertClientCosts } from './client-cost.queries.ts';

/** What to take, and of whom. */
export interface TakeOptions {
  readonly kind: ClientCostKind;
  readonly clientId: string;
  readonly costs: readonly ClientCostFields[];
  /** Only says what would become of each. */
  readonly dryRun: boolean;
}

/** Adds costs inside the caller's transaction, each answered by itself, and each key once, whoever sends it. */
export async function takeClientCosts(
  em: EntityManager,
  ctx: ServiceContext,
  { kind, clientId, costs, dryRun }: TakeOptions,
): Promise<Taken[]> {
  const { agencyId } = ctx;
  const client = await requireClient(em, agencyId, { clientId, forWriting: true });
  const currency = await currencyOf(em, client);
  const owner = { agencyId, clientId, kind, createdAt: ctx.now() };
  return takeKeyed<ClientCostFields, KindOfCost>(costs, {
    // What stands was read by the currency of its time.
    read: (fields, row) => ({ kind, ...readClientCost(fields, row?.currency ?? currency) }),
    find: async (keys) => {
      const where = { agencyId, clientId, key: { $in: [...keys] } };
      const rows = await em.find(ClientCost, where, { refresh: true });
      return new Map(rows.map((row) => [row.key ?? '', standingOf(row)]));
    },
    insert: (rows) =>
      dryRun
        ? Promise.resolve(new Set(rows.map(({ id }) => id)))
        : insertClientCosts(em, owner, rows),
  });
}

/** Both kinds share the keys of their client: a key of the other kind stands for something else. */
interface KindOfCost extends ReadClientCost {
  readonly kind: ClientCostKind;
}

function standingOf(cost: ClientCost): Standing<KindOfCost> {
  const { kind, name, fromDate, toDate, amountMinor, currency } = cost;
  const { campaignId = null, platform = null } = cost;
  return {
    id: cost.id,
    isEdited: Boolean(cost.editedAt),
    row: { kind, name, fromDate, toDate, amountMinor, currency, campaignId, platform },
  };
}
