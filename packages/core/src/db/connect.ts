import { MikroORM, UnderscoreNamingStrategy, type Options } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import pg from 'pg';

import type { Log } from '../kernel/log.ts';
import { entities } from './entities.ts';
import { openClients, partWith } from './part-with.ts';
import { releaseLostConnections } from './pool-guard.ts';
import { asRole, SERVICE_ROLE } from './roles.ts';

/** The service's ways to the database: the unit of work, and plain SQL for the hot gate and for reads of many figures. */
export interface Database {
  readonly orm: MikroORM;
  readonly gatePool: pg.Pool;
  readonly readPool: pg.Pool;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** The owner's URL; every connection gives the owner's rights up as it opens. */
  readonly url: string;
  readonly log: Log;
  /** How long a statement may go without an answer before its connection is given up; left out, longer than PostgreSQL lets it take. */
  readonly silenceMs?: number;
}

/** Opens the database as the role that cannot bypass row-level security, and makes sure that it is that role. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  let ofOrm: ReadonlySet<object> = new Set();
  const orm = new MikroORM(
    ormOptions(options, (pool) => {
      releaseLostConnections(pool);
      ofOrm = openClients(pool);
    }),
  );
  const gatePool = openPool(orm, options, GATE);
  const readPool = openPool(orm, options, READS);
  const ofPools = [openClients(gatePool), openClients(readPool)];
  const close = (): Promise<void> =>
    partWith([...ofOrm, ...ofPools.flatMap((clients) => [...clients])], () =>
      Promise.all([orm.close(true), gatePool.end(), readPool.end()]),
    );
  try {
    await assertBound(gatePool);
    await orm.connect();
    return { orm, gatePool, readPool, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A connection that goes silent without an end, as when a router on the way forgets it, is given up after
 * a while: the system would wait for a quarter of an hour. PostgreSQL gives a statement up before that. Only
 * what is pipelined is given up with its connection; the rest of its statements would wait for ever.
 */
const FAIL_FAST = {
  connectionTimeoutMillis: 5_000,
  pipeline: true,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
const SILENCE_MS = 20_000;
const ORM_CONNECTIONS = 16;

interface PoolFacts {
  readonly name: string;
  readonly connections: number;
  readonly settings: Readonly<Record<string, string>>;
  /** How long a statement may go without an answer before its connection is given up. */
  readonly silenceMs: number;
}

/** Rows come out of it as they do out of the ORM's connections, so that a query may run on either. */
function openPool(
  orm: MikroORM,
  { url, log, silenceMs }: DatabaseOptions,
  facts: PoolFacts,
): pg.Pool {
  const { name, connections, settings } = facts;
  const options = orm.em.getConnection().mapOptions({
    ...FAIL_FAST,
    connectionString: serviceUrl(url, name, settings),
    max: connections,
    query_timeout: silenceMs ?? facts.silenceMs,
  });
  const pool = new pg.Pool(options);
  // A connection that breaks is replaced at the next use; unheard, its error would end the process.
  const heard = (error: Error): void => log.warn({ error, name }, 'A connection broke');
  return pool.on('error', heard).on('connect', (client) => client.on('error', heard));
}

function ormOptions(
  { url, log, silenceMs = SILENCE_MS }: DatabaseOptions,
  onPoolCreated: (pool: pg.Pool) => void,
): Options {
  return {
    entities: [...entities],
    clientUrl: url,
    schema: 'retainer',
    namingStrategy: UnderscoreNamingStrategy,
    allowGlobalContext: false,
    forceUtcTimezone: true,
    discovery: { warnWhenNoEntities: false },
    driverOptions: {
      ...FAIL_FAST,
      connectionString: serviceUrl(url, 'retainer'),
      max: ORM_CONNECTIONS,
      query_timeout: silenceMs,
      onPoolCreated,
    },
    findOneOrFailHandler: (entity) => new DomainError('not_found', `No such ${words(entity)}`),
    logger: (message) => log.warn({}, message),
    colors: false,
  };
}

function words(entity: string): string {
  return entity.replaceAll(/(?<!^)([A-Z])/gu, ' $1').toLowerCase();
}

/** The gate only ever looks rows up by index; a plan made while tables were empty must not say otherwise. */
const GATE: PoolFacts = {
  name: 'retainer gate',
  connections: 4,
  settings: {
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    enable_bitmapscan: 'off',
    enable_material: 'off',
    plan_cache_mode: 'force_generic_plan',
    jit: 'off',
    // It never lingers: where nothing comes any more, nobody is there, and others wait for the rows.
    idle_in_transaction_session_timeout: '10s',
  },
  // Whoever asks may a post go out waits for it. A lock that is waited for is given up before.
  silenceMs: 8_000,
};

/** Figures are read by statements that are prepared once; compiling them costs more than it brings. */
const READS: PoolFacts = {
  name: 'retainer reads',
  connections: 8,
  settings: { jit: 'off' },
  silenceMs: SILENCE_MS,
};

function serviceUrl(
  url: string,
  applicationName: string,
  settings: Readonly<Record<string, string>> = {},
): string {
  return asRole(url, {
    role: SERVICE_ROLE,
    applicationName,
    settings: {
      statement_timeout: '15s',
      lock_timeout: '5s',
      idle_in_transaction_session_timeout: '30s',
      timezone: 'UTC',
      ...settings,
    },
  });
}

/** A pooler in between may drop what a connection asks for as it opens, and the owner would go on in its place. */
async function assertBound(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string; bound: boolean }>(
    `select current_user as role, not (rolsuper or rolbypassrls) as bound
     from pg_roles where rolname = current_user`,
  );
  const role = rows[0]?.role;
  if (role === SERVICE_ROLE && rows[0]?.bound) return;
  throw new Error(
    role === SERVICE_ROLE
      ? `The role ${SERVICE_ROLE} may bypass row-level security. Run: alter role ${SERVICE_ROLE} nosuperuser nobypassrls`
      : `Connected as ${role} instead of ${SERVICE_ROLE}: something between here and PostgreSQL drops the startup option "-c role". Connect directly, or set pool_mode = session and keep startup options.`,
  );
}
