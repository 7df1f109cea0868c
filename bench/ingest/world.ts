import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openCore, type Core } from '@retainer/api/compose';
import { migrate, startEmbedded, upsertAgency, upsertClient } from '@retainer/core';
import pg from 'pg';

const log = {
  info: () => undefined,
  warn: (fields: object, message: string) => console.warn(message, fields),
  error: (fields: object, message: string) => console.error(message, fields),
};

/** An agency on a real PostgreSQL of the bench's own, and the core that serves it. */
export interface World {
  readonly url: string;
  readonly core: Core;
  readonly agencyId: string;
  /** The owner, to write and read behind the core. */
  readonly owner: pg.Client;
  readonly now: Date;
  readonly register: (clientId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts PostgreSQL, migrates, and registers an agency. */
export async function createWorld(): Promise<World> {
  const given = process.env['BENCH_DATABASE_URL'];
  const dataDir = await mkdtemp(join(tmpdir(), 'retainer-bench-'));
  // Under root PostgreSQL runs as another user, who has to get in.
  await chmod(dataDir, 0o755);
  const embedded = given === undefined ? await startEmbedded({ dataDir, log }) : undefined;
  const url = given ?? embedded?.url ?? '';
  await migrate(url, log);
  // With the test clock on, nothing but what is asked runs beside it.
  const core = await openCore({ databaseUrl: url, dataDir, testClock: true }, log);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const now = new Date();
  const agencyId = `bench-${now.getTime()}`;
  const context = () =>
    core.services.contextOf({
      agencyId,
      actor: { kind: 'system', id: 'bench' },
      now: () => now,
    });
  await upsertAgency(context(), { name: 'Bench', timeZone: 'Europe/Berlin', currency: 'EUR' });
  return {
    url,
    core,
    agencyId,
    owner,
    now,
    async register(clientWorkspaceId) {
      await upsertClient(context(), { clientWorkspaceId, name: clientWorkspaceId });
    },
    async close() {
      await owner.end();
      await core.release();
      await embedded?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
