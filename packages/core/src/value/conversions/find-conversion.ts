import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { Conversion } from './conversion.entity.ts';

/** A conversion that nobody else changes until the transaction ends; `not_found` for another client's. */
export async function lockConversion(
  em: EntityManager,
  key: { readonly agencyId: string; readonly clientId: string; readonly id: string },
): Promise<Conversion> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOne(Conversion, key, { lockMode, refresh: true });
  if (row) return row;
  throw noSuchConversion();
}

/** The answer to an id that names no conversion of this client, whoever else may have one. */
export function noSuchConversion(): DomainError {
  return new DomainError('not_found', 'No such conversion of this client.');
}
