import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { requireClient } from '../../tenancy/require-client.ts';
import { ClientCost } from './client-cost.entity.ts';
import type { ClientCostOwner } from './client-cost.queries.ts';

/** A cost that nobody else changes until the transaction ends, also a deleted one; `not_found` for an unknown one. */
export async function lockClientCost(
  em: EntityManager,
  key: ClientCostOwner & { readonly id: string },
): Promise<ClientCost> {
  const { agencyId, clientId } = key;
  await requireClient(em, agencyId, { clientId, forWriting: true });
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOne(ClientCost, key, { lockMode, refresh: true });
  if (row) return row;
  throw noSuchCost();
}

/** The answer to an id that names no such cost of this client. */
export function noSuchCost(): DomainError {
  return new DomainError('not_found', 'No such cost of this client.');
}
