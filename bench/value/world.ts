import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, isDeepStrictEqual } from 'node:util';

import { migrate, openDatabase, startEmbedded, type Database } from '@retainer/core';
import pg from 'pg';

import { say } from '../report.ts';
import { buildRollups } from './build-rollups.ts';
import { GENERATOR } from './generate-client.ts';
import { loadFacts } from './load-facts.ts';
import type { FactsOptions } from './options.ts';

const tell = (fields: object, message: string): void => {
  process.stderr.write(`${message} ${inspect(fields)}\n`);
};
const log = { info: () => undefined, warn: tell, error: tell };

/** A database with the facts of a seed and scale, and their rollups. */
export interface ValueWorld {
  readonly url: string;
  readonly database: Database;
  readonly clients: number;
  /** Where other engines keep their copy of the facts. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

const CLIENTS = 1_000;
const ROOT = fileURLToPath(new URL('../../.data/bench-value/', import.meta.url));

/** Opens the data of an earlier run if it is what this one would make, else makes it. */
export async function openWorld(options: FactsOptions): Promise<ValueWorld> {
  const { seed, scale } = options;
  const folder = join(ROOT, `seed-${seed}-scale-${scale}`);
  const clients = Math.max(2, Math.round(CLIENTS * scale));
  const wanted = { seed, clients, generator: GENERATOR };
  const kept = options.fresh ? undefined : await reopen(folder, wanted);
  const opened = kept ?? (await make(folder, wanted));
  return { ...opened, clients, folder };
}

type Opened = Pick<ValueWorld, 'url' | 'database' | 'close'>;
interface Wanted {
  readonly seed: number;
  readonly clients: number;
  readonly generator: number;
}

async function reopen(folder: string, wanted: Wanted): Promise<Opened | undefined> {
  const stamp = join(folder, 'made.json');
  if (!existsSync(stamp)) return undefined;
  if (!isDeepStrictEqual(JSON.parse(await readFile(stamp, 'utf8')), wanted)) return undefined;
  const embedded = await startEmbedded({ dataDir: folder, log });
  try {
    await migrate(embedded.url, log);
  } catch (error) {
    say(`the facts in ${folder} are of another schema: ${String(error)}`);
    await embedded.stop();
    return undefined;
  }
  say(`reusing the facts in ${folder}`);
  return open(embedded);
}

async function make(folder: string, wanted: Wanted): Promise<Opened> {
  say(`making ${wanted.clients} clients of seed ${wanted.seed} in ${folder}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const embedded = await startEmbedded({ dataDir: folder, log });
  await migrate(embedded.url, log);
  const opened = await open(embedded);
  try {
    await loadFacts({ ...opened, ...wanted });
    await buildRollups({ ...opened, ...wanted });
    // Written last: data that is not whole is made anew.
    await writeFile(join(folder, 'made.json'), JSON.stringify(wanted));
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function open(embedded: {
  readonly url: string;
  readonly stop: () => Promise<void>;
}): Promise<Opened> {
  const database = await openDatabase({ url: embedded.url, log });
  return {
    url: embedded.url,
    database,
    async close() {
      await database.close();
      await embedded.stop();
    },
  };
}

/** How much there is. */
export async function countFacts(
  url: string,
): Promise<{ readonly clients: number; readonly observations: number }> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ clients: number; observations: number }>(
    `select (select count(*) from retainer.client)::int as clients,
       (select count(*) from retainer.observation)::int as observations`,
  );
  await owner.end();
  return rows[0] ?? { clients: 0, observations: 0 };
}
