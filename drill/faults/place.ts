import { randomBytes } from 'node:crypto';

import { openDatabase, startEmbedded, type Database } from '@retainer/core';
import pg from 'pg';

import { startApiProcess, type ApiProcess } from '../process/api-process.ts';
import { openDisk, type Disk } from '../process/disk.ts';
import { startProxy, type Proxy } from '../process/proxy.ts';

/** What the agency of the drill is called. */
export const AGENCY = 'drill';
/** How many posts of a week its tier has room for. */
export const ROOM = 30;

/** A server and a worker, a bad line to PostgreSQL, and PostgreSQL on a disk that can be full. */
export interface Place {
  /** Is asked by everybody. */
  readonly server: ApiProcess;
  /** Is asked by nobody: it sweeps, refreshes figures and does what else comes due. */
  readonly worker: ApiProcess;
  readonly line: Proxy;
  readonly disk: Disk;
  /** The embedded PostgreSQL's folder. */
  readonly dataDir: string;
  /** Runs statements as the owner, past the bad line. */
  readonly owner: <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;
  /** A connection of the owner's, to hold on to something. */
  readonly connect: () => Promise<pg.Client>;
  /** The core, past the bad line. */
  readonly database: Database;
  readonly adminToken: string;
  readonly close: () => Promise<void>;
}

/** Small enough for a small disk, and for a recovery that takes little time. */
const POSTGRES = { max_wal_size: '128MB', min_wal_size: '64MB', shared_buffers: '64MB' } as const;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Begins everything; PostgreSQL is kept running by the drill, as it is by a server that has no other. */
export async function openPlace(): Promise<Place> {
  const disk = await openDisk();
  const dataDir = disk.folder;
  const embedded = await startEmbedded({ dataDir, log: silent, settings: POSTGRES });
  const line = await startProxy(() => Number(new URL(embedded.url).port));
  const throughLine = new URL(embedded.url);
  throughLine.port = String(line.port);
  const adminToken = randomBytes(24).toString('hex');
  const settings = {
    DATABASE_URL: throughLine.href,
    DATA_DIR: dataDir,
    RETAINER_SECRET: randomBytes(32).toString('hex'),
    RETAINER_ADMIN_TOKEN: adminToken,
  };
  const server = await startApiProcess('server', settings);
  const worker = await startApiProcess('worker', settings);
  const database = await openDatabase({ url: embedded.url, log: silent });
  const pool = new pg.Pool({ connectionString: embedded.url, max: 4 });
  pool.on('error', () => undefined);
  return {
    server,
    worker,
    line,
    disk,
    dataDir,
    database,
    adminToken,
    owner: async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<T>(sql, values)).rows,
    async connect() {
      const client = new pg.Client({ connectionString: embedded.url });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    async close() {
      await Promise.all([server.end('SIGKILL'), worker.end('SIGKILL')]);
      await pool.end();
      await database.close();
      await line.close();
      await embedded.stop();
      await disk.discard();
    },
  };
}
