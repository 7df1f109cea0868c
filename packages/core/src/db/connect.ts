import {
  createPostgreSqlTypeParsers,
  MikroORM,
  UnderscoreNamingStrategy,
  type Options,
} from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import pg from 'pg';

import type { Log } from '../kernel/log.ts';
import { entities } from './entities.ts';
import { asRole, SERVICE_ROLE } from './roles.ts';

/** The service's two ways to the database: the unit of work, and plain SQL for the hot gate. */
export interface Database {
  readonly orm: MikroORM;
  readonly gatePool: pg.Pool;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** The owner's URL; every connection gives the owner's rights up as it opens. */
  readonly url: string;
  readonly log: Log;
}

/** Opens the database as the role that cannot bypass row-level security, and makes sure that it is that role. */
export async function openDatabase({ url, log }: DatabaseOptions): Promise<Database> {
  const gatePool = openGatePool(url, log);
  const orm = new MikroORM(ormOptions(url, log));
  const close = async (): Promise<void> => {
    await Promise.all([orm.close(true), gatePool.end()]);
  };
  try {
    await assertBound(gatePool);
    await orm.connect();
    return { orm, gatePool, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const FAIL_FAST = { connectionTimeoutMillis: 5_000, keepAlive: true } as const;
const ORM_CONNECTIONS = 16;
const GATE_CONNECTIONS = 4;
const TEXT_ARRAY: number = 1009;

function openGatePool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    ...FAIL_FAST,
    connectionString: serviceUrl(url, 'retainer gate'),
    max: GATE_CONNECTIONS,
    // Statements of one checked-out connection leave without waiting for each other's answers.
    pipeline: true,
    types: rowTypes(),
  });
  // An idle connection that breaks is replaced at the next use.
  pool.on('error', (error) => log.warn({ error }, 'A gate connection broke'));
  return pool;
}

/** The same JavaScript values from both pools, so that a query may run on either: instants are text, bigints too. */
function rowTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  const parseArray: (text: string) => string[] = pg.types.getTypeParser(TEXT_ARRAY);
  for (const [oid, parse] of Object.entries(createPostgreSqlTypeParsers(parseArray))) {
    types.setTypeParser(Number(oid), parse);
  }
  return types;
}

function ormOptions(url: string, log: Log): Options {
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
    },
    findOneOrFailHandler: (entity) => new DomainError('not_found', `No such ${words(entity)}`),
    logger: (message) => log.warn({}, message),
    colors: false,
  };
}

function words(entity: string): string {
  return entity.replaceAll(/(?<!^)([A-Z])/gu, ' $1').toLowerCase();
}

function serviceUrl(url: string, applicationName: string): string {
  return asRole(url, {
    role: SERVICE_ROLE,
    applicationName,
    settings: {
      statement_timeout: '15s',
      lock_timeout: '5s',
      idle_in_transaction_session_timeout: '30s',
      timezone: 'UTC',
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
