import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';

import { Agency } from './agency.entity.ts';

/** The agency of this transaction; `not_found` when the host never registered it. */
export async function findAgency(em: EntityManager, agencyId: string): Promise<Agency> {
  return found(await em.findOne(Agency, { id: agencyId }));
}

/** `findAgency` that keeps its settings from changing until the transaction ends; many may hold it at once. */
export async function holdAgency(em: EntityManager, agencyId: string): Promise<Agency> {
  const lockMode = LockMode.PESSIMISTIC_READ;
  return found(await em.findOne(Agency, { id: agencyId }, { lockMode, refresh: true }));
}

function found(agency: Agency | null): Agency {
  if (agency) return agency;
  throw new DomainError('not_found', 'No such agency. Register it first.');
}
