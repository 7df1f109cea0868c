import type { EntityManager } from '@mikro-orm/postgresql';

import { Client } from '../../tenancy/client.entity.ts';
import { findAgency } from '../../tenancy/find-agency.ts';
import { invalidField } from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';

/** The currency of whose cost it is, where an amount names none; refuses a client that cannot take one. */
export async function ownerCurrency(
  em: EntityManager,
  agencyId: string,
  clientId: string | null | undefined,
): Promise<string> {
  if (typeof clientId !== 'string') return (await findAgency(em, agencyId)).currency;
  return currencyOf(em, await requireClient(em, agencyId, { clientId, forWriting: true }));
}

/** Refuses weights of clients that are none of the agency's: what they would carry fell on the others. */
export async function checkWeights(
  em: EntityManager,
  agencyId: string,
  weights: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  const ids = Object.keys(weights ?? {});
  if (ids.length === 0) return;
  const clients = await em.find(Client, { agencyId, id: { $in: ids } });
  const known = new Set(clients.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw invalidField(`weights.${unknown}`, 'is no client of this agency');
}
