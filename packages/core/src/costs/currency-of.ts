import type { EntityManager } from '@mikro-orm/postgresql';

import type { Client } from '../tenancy/client.entity.ts';
import { findAgency } from '../tenancy/find-agency.ts';

/** The currency that is meant where an amount names none: the client's own, else its agency's. */
export async function currencyOf(
  em: EntityManager,
  { agencyId, currency }: Pick<Client, 'agencyId' | 'currency'>,
): Promise<string> {
  return currency ?? (await findAgency(em, agencyId)).currency;
}
