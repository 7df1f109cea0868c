import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { concern } from '../kernel/changed.ts';
import { Client } from './client.entity.ts';

/** Everything that changes what a client was promised, or what it used, takes this lock first; `not_found` otherwise. */
export async function lockClient(
  em: EntityManager,
  agencyId: string,
  clientId: string,
): Promise<Client> {
  const client = await em.findOne(
    Client,
    { agencyId, id: clientId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!client) throw noSuchClient();
  concern(em, [clientId]);
  return client;
}

/** `lockClient` for a change of its promises: refuses an archived client and tells the gate to look again. */
export async function lockForChange(
  em: EntityManager,
  agencyId: string,
  clientId: string,
): Promise<Client> {
  const client = await lockClient(em, agencyId, clientId);
  if (client.archivedAt) {
    throw new DomainError(
      'conflict',
      'The client is archived. Register it again to bring it back.',
    );
  }
  client.touch();
  return client;
}

/** The answer to an id that names no client of this agency, whoever else may have one. */
export function noSuchClient(): DomainError {
  return new DomainError('not_found', 'No such client. Register it first.');
}
