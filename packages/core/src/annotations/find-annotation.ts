import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { Annotation } from './annotation.entity.ts';

/** An annotation that nobody else changes until the transaction ends; `not_found` for an unknown one. */
export async function lockAnnotation(
  em: EntityManager,
  key: { readonly agencyId: string; readonly id: string },
): Promise<Annotation> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const row = await em.findOne(Annotation, key, { lockMode, refresh: true });
  if (row) return row;
  throw new DomainError('not_found', 'No such annotation.');
}

/** Whose an annotation is, as the audit log and the client's lock know it; none is the whole agency. */
export function ownerOf({ clientId }: Pick<Annotation, 'clientId'>): string | undefined {
  return clientId === '' ? undefined : clientId;
}
