import { randomUUID } from 'node:crypto';

import { createContext, type ServiceContext } from '../../kernel/context.ts';
import { test as base } from '../../testing/index.ts';
import { upsertAgency, type UpsertAgencyInput } from '../upsert-agency.ts';
import { upsertClient, type UpsertClientInput } from '../upsert-client.ts';

/** An agency of the test's own, whose clock stands where the test says. */
export interface World {
  readonly agencyId: string;
  /** A context of the agency at an instant. */
  readonly at: (iso: string) => ServiceContext;
  /** Another agency on the same database. */
  readonly neighbour: () => Promise<World>;
  /** Registers a client at the start of 2026 and answers its id. */
  readonly client: (input?: Partial<UpsertClientInput>) => Promise<string>;
}

export const START = '2026-01-01T00:00:00Z';

/** `test` with a registered agency in UTC and dollars. */
export const test = base.extend('world', async ({ database }): Promise<World> => {
  return found(database, {});
});

type Database = Pick<Parameters<typeof createContext>[0], 'orm' | 'readPool'>;

/** Registers an agency with these settings. */
export async function found(
  database: Database,
  settings: Partial<UpsertAgencyInput>,
): Promise<World> {
  const agencyId = `agency-${randomUUID()}`;
  const at = (iso: string): ServiceContext =>
    createContext({
      orm: database.orm,
      readPool: database.readPool,
      agencyId,
      actor: { kind: 'agency', id: agencyId },
      now: () => new Date(iso),
    });
  await upsertAgency(at(START), { name: 'North', timeZone: 'UTC', currency: 'USD', ...settings });
  return {
    agencyId,
    at,
    neighbour: () => found(database, {}),
    async client(input = {}) {
      const clientWorkspaceId = `client-${randomUUID()}`;
      await upsertClient(at(START), { clientWorkspaceId, name: 'Bakery', ...input });
      return clientWorkspaceId;
    },
  };
}
