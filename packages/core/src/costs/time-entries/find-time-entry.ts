import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { TimeEntry } from './time-entry.entity.ts';

/** An entry that nobody else changes until the transaction ends, deleted or not; `not_found` for another client's. */
export async function lockTimeEntry(
  em: EntityManager,
  key: { readonly agencyId: string; readonly clientId: string; readonly id: string },
): Promise<TimeEntry> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOne(TimeEntry, key, { lockMode, refresh: true });
  if (row) return row;
  throw noSuchTimeEntry();
}

/** The answer to an id that names no entry of the client. */
export function noSuchTimeEntry(): DomainError {
  return new DomainError('not_found', 'No such time entry of this client.');
}
