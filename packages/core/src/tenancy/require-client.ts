import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { concern } from '../kernel/changed.ts';
import { Client } from './client.entity.ts';
import { noSuchClient } from './lock-client.ts';

/**
 * The client whose facts are to be read or written, without its lock: facts of cost and value do not touch what was
 * promised. `not_found` for an unknown one; `conflict` for an archived one when `forWriting`.
 */
export async function requireClient(
  em: EntityManager,
  agencyId: string,
  { clientId, forWriting }: { readonly clientId: string; readonly forWriting: boolean },
): Promise<Client> {
  const client = await em.findOne(Client, { agencyId, id: clientId });
  if (!client) throw noSuchClient();
  concern(em, [clientId]);
  if (forWriting && client.archivedAt) {
    throw new DomainError(
      'conflict',
      'The client is archived. Register it again to bring it back.',
    );
  }
  return client;
}
