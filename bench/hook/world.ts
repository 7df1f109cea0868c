import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  assignTierToClient,
  createContext,
  createGate,
  createServiceTier,
  migrate,
  openDatabase,
  startEmbedded,
  upsertAgency,
  upsertClient,
  type Database,
  type Gate,
} from '@retainer/core';
import pg from 'pg';

const log = {
  info: () => undefined,
  warn: (fields: object, message: string) => console.warn(message, fields),
  error: (fields: object, message: string) => console.error(message, fields),
};

/** An agency with many clients on a real PostgreSQL of the bench's own. */
export interface World {
  readonly url: string;
  readonly database: Database;
  readonly gate: Gate;
  readonly agencyId: string;
  readonly clientIds: readonly string[];
  /** The owner, to fill tables and to read them. */
  readonly owner: pg.Client;
  readonly now: number;
  readonly close: () => Promise<void>;
}

const CLIENTS = 1_000;

/** Starts PostgreSQL, migrates, registers an agency and its clients on a tier without a limit. */
export async function createWorld(say: (line: string) => void): Promise<World> {
  const given = process.env['BENCH_DATABASE_URL'];
  const dataDir = await mkdtemp(join(tmpdir(), 'retainer-bench-'));
  const embedded = given === undefined ? await startEmbedded({ dataDir, log }) : undefined;
  const url = given ?? embedded?.url ?? '';
  await migrate(url, log);
  const database = await openDatabase({ url, log });
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const now = Date.now();
  const agencyId = `bench-${now}`;
  const clientIds = Array.from({ length: CLIENTS }, (_, index) => `client-${index}`);
  say(`registering ${CLIENTS} clients`);
  await register(database, { agencyId, clientIds, now });
  return {
    url,
    database,
    gate: createGate(database.gatePool),
    agencyId,
    clientIds,
    owner,
    now,
    async close() {
      await owner.end();
      await database.close();
      await embedded?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function register(
  { orm }: Database,
  agency: {
    readonly agencyId: string;
    readonly clientIds: readonly string[];
    readonly now: number;
  },
): Promise<void> {
  const { agencyId, clientIds, now } = agency;
  const context = () =>
    createContext({
      orm,
      agencyId,
      actor: { kind: 'system', id: 'bench' },
      now: () => new Date(now - 60_000),
    });
  await upsertAgency(context(), { name: 'Bench', timeZone: 'Europe/Berlin', currency: 'EUR' });
  const tier = await createServiceTier(context(), {
    name: 'Open',
    pricing: { monthly: '100.00' },
    features: { postsPerWeek: null },
  });
  const waiting = [...clientIds];
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      await upsertClient(context(), { clientWorkspaceId: id, name: id });
      await assignTierToClient(context(), { clientWorkspaceId: id, tierId: tier.id });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
