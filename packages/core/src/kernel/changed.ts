import type { EntityManager } from '@mikro-orm/postgresql';

/** Hears, once it is committed, for whom something was written; without clients it may be for any of the agency's. */
export type Changed = (agencyId: string, clientIds?: readonly string[]) => void;

/** The clients that each open transaction says it is about. */
const concerned = new WeakMap<EntityManager, Set<string>>();

/** Says which clients a transaction is about: those who look at them are told of its commit, and nobody else. */
export function concern(em: EntityManager, clientIds: readonly string[]): void {
  const clients = concerned.get(em);
  if (!clients) concerned.set(em, new Set(clientIds));
  else for (const clientId of clientIds) clients.add(clientId);
}

/** The clients that a transaction is about; undefined where it never said, and may be about any. */
export function concernedBy(em: EntityManager): readonly string[] | undefined {
  const clients = concerned.get(em);
  return clients && [...clients];
}
