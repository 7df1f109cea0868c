import type { MikroORM } from '@mikro-orm/postgresql';

import { createContext, inTransaction } from '../kernel/context.ts';
import { Agency } from '../tenancy/agency.entity.ts';
import { ApiKey } from './api-key.entity.ts';
import { findKeyAgency } from './api-key.queries.ts';

/** What a key opens. */
export interface ApiKeyFacts {
  readonly agencyId: string;
  readonly keyId: string;
  readonly role: 'agency' | 'host';
  readonly scopes: readonly string[];
}

export interface KeyLookup {
  readonly orm: MikroORM;
  /** Keys expire by the real clock, whatever a test says the time is. */
  readonly now: () => Date;
}

/** Finds a live key by the SHA-256 of its text; `undefined` when unknown, revoked, expired, or its agency is archived. */
export async function findApiKey(
  { orm, now }: KeyLookup,
  hash: Buffer,
): Promise<ApiKeyFacts | undefined> {
  const actor = { kind: 'system', id: 'api-keys' } as const;
  const contextOf = (agencyId: string) => createContext({ orm, agencyId, actor, now });
  const readOnly = { readOnly: true };
  const agencyId = await inTransaction(contextOf(''), (em) => findKeyAgency(em, hash), readOnly);
  if (agencyId === undefined) return undefined;
  return inTransaction(
    contextOf(agencyId),
    async (em) => {
      const key = await em.findOne(ApiKey, { agencyId, hash });
      if (!key?.isLive(now())) return undefined;
      const agency = await em.findOne(Agency, { id: agencyId, archivedAt: null });
      return agency ? { agencyId, keyId: key.id, role: key.role, scopes: key.scopes } : undefined;
    },
    readOnly,
  );
}
