import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

import { errorCode } from '../../kernel/error-code.ts';
import type { Cluster } from './cluster.ts';
import { findPostmaster, launch, type ServerSettings } from './server.ts';

/** One process's place among the users of a running server. */
export interface Presence {
  readonly client: pg.Client;
  readonly port: number;
  /** Whether the server ran before we came. */
  readonly joined: boolean;
}

/** Every user of the server holds this lock shared; whoever gets it alone is the last one. */
const PRESENCE_LOCK = 7_318_349_202;

const PATIENCE_MS = 300_000;
const LAUNCHES = 3;

/** Joins the server that holds the cluster, or starts it; whoever comes at the same moment meets on one server. */
export async function enter(cluster: Cluster, settings: ServerSettings): Promise<Presence> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  let launches = 0;
  let ours = false;
  for (;;) {
    const running = findPostmaster(cluster);
    if (running) {
      const client = await connect(cluster, running.port);
      if (client) return { client, port: running.port, joined: !ours };
      if (performance.now() > giveUpAt) throw silent(cluster, running.pid);
      await pause(50);
      continue;
    }
    ours = false;
    try {
      await launch(cluster, settings);
      ours = true;
    } catch (cause) {
      launches += 1;
      if (launches === LAUNCHES && !findPostmaster(cluster)) throw cause;
    }
  }
}

/** Gives the place up; true when nobody else is there, and then nobody gets in before `client` ends. */
export async function leave(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [PRESENCE_LOCK],
  );
  return rows[0]?.alone === true;
}

/** A connection that holds the lock; undefined while the server is starting, stopping or not listening yet. */
async function connect({ password }: Cluster, port: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: 'retainer presence',
    keepAlive: true,
  });
  // What breaks the connection also fails the query that waits on it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    if (errorCode(cause) !== '28P01') return undefined;
    throw new Error(
      'The running PostgreSQL does not take the password in DATA_DIR/postgres.password. Put the right file back.',
      { cause },
    );
  }
}

function silent({ folder }: Cluster, pid: number): Error {
  return new Error(
    `The PostgreSQL that holds ${folder} (process ${pid}) takes no connections. Look at ${folder}/server.log.`,
  );
}
