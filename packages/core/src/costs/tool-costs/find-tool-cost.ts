import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { ToolCost } from './tool-cost.entity.ts';

/** A tool that nobody else changes until the transaction ends, also a deleted one; `not_found` for an unknown one. */
export async function lockToolCost(
  em: EntityManager,
  key: { readonly agencyId: string; readonly id: string },
): Promise<ToolCost> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOne(ToolCost, key, { lockMode, refresh: true });
  if (row) return row;
  throw noSuchTool();
}

/** The answer to an id that names no tool of this agency. */
export function noSuchTool(): DomainError {
  return new DomainError('not_found', 'No such tool cost.');
}
