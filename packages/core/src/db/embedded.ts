import { errorCode } from '../kernel/error-code.ts';
import type { Log } from '../kernel/log.ts';
import { archiveTo } from './embedded/archive.ts';
import { prepareCluster } from './embedded/cluster.ts';
import { enter, type Presence } from './embedded/presence.ts';
import { keepSeat } from './embedded/seat.ts';
import type { ServerSettings } from './embedded/server.ts';

export interface EmbeddedOptions {
  /** Where the files live; made if missing. */
  readonly dataDir: string;
  readonly log: Log;
  /** Where finished pieces of the log go, for a restore to any point in time; nowhere if left out. */
  readonly walArchive?: string | undefined;
  /** Changes to the server's settings; they take effect only if this process starts it. */
  readonly settings?: ServerSettings;
}

/** A running PostgreSQL of our own, which may be shared with other processes. */
export interface EmbeddedServer {
  /** The owner's URL of the database `retainer`. */
  readonly url: string;
  /** Whether it ran already, left by a crash or used by another process. */
  readonly joined: boolean;
  /** Leaves the server, and stops it if nobody else uses it. Close your connections first. */
  readonly stop: () => Promise<void>;
}

const DATABASE = 'retainer';

/** A PostgreSQL that keeps its files under `dataDir`: started, or joined where one runs on them already. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, log, walArchive } = options;
  const cluster = await prepareCluster(dataDir, log);
  const archiving = walArchive === undefined ? {} : await archiveTo(cluster, walArchive);
  const settings = { ...archiving, ...options.settings };
  const presence = await enter(cluster, settings);
  const { port, joined } = presence;
  await ensureDatabase(presence);
  log.info({ port, joined, folder: cluster.folder }, 'PostgreSQL is up');

  const { client } = presence;
  const stop = keepSeat({ cluster, client, settings: { ...settings, port }, log });
  const url = `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${DATABASE}`;
  return { url, joined, stop };
}

async function ensureDatabase({ client }: Presence): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount) return;
  await client.query(`create database ${DATABASE}`).catch((cause: unknown) => {
    // Another process made it in the meantime.
    if (!['42P04', '23505'].includes(errorCode(cause) ?? '')) throw cause;
  });
}
