import { createHash } from 'node:crypto';

import pg from 'pg';

import { errorCode } from '../kernel/error-code.ts';
import type { Log } from '../kernel/log.ts';
import { migrations, type Migration } from './migrations/index.ts';
import { ensureRoles, ensureSchemas, grantService } from './provision.ts';

/** Whoever holds this lock changes the schema; the others wait and then find it done. */
const MIGRATE_LOCK = 7_318_349_201;
const OLDEST_SERVER = 15;

/** Brings the database up to this version of Retainer; any number of processes may call it at once. */
export async function migrate(ownerUrl: string, log: Log): Promise<void> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'retainer migrate',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks fails the statement that waits on it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkServer(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await ensureRoles(client);
    await ensureSchemas(client);
    for (const migration of pending(await readApplied(client))) {
      await apply(client, migration);
      log.info({ migration: migration.name }, 'Schema migrated');
    }
    await client.query(LEDGER_AHEAD);
  } finally {
    await client.end();
  }
}

/** Months of the ledger that lie ahead have a partition of their own before their first row. */
export const LEDGER_AHEAD =
  "select retainer.ensure_ledger_partitions((now() + interval '2 months')::date)";

/**
 * Whether every migration of this version is applied; false as well when it cannot be asked. A newer version may have
 * gone on from there: processes of two versions work side by side while one takes over from the other.
 */
export async function isMigrated(pool: Pick<pg.Pool, 'query'>): Promise<boolean> {
  try {
    const { rows } = await pool.query<Applied>('select name, checksum from retainer.migration');
    const known = new Set(migrations.map(({ name }) => name));
    return pending(rows.filter(({ name }) => known.has(name))).length === 0;
  } catch {
    return false;
  }
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = rows[0]?.server_version ?? '';
  if (Number.parseInt(version, 10) >= OLDEST_SERVER) return;
  throw new Error(
    `Retainer needs PostgreSQL ${OLDEST_SERVER} or newer; this server is ${version}.`,
  );
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>('select name, checksum from retainer.migration');
  return rows;
}

/** What is still to be applied; refuses a history that this version did not write. */
function pending(applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, checksum(migration)]));
  for (const { name, checksum: recorded } of applied) {
    if (!known.has(name)) {
      throw new Error(
        `The database has migration ${name}, which this Retainer does not know. It was made by a newer version: start that one.`,
      );
    }
    if (known.get(name) !== recorded) {
      throw new Error(
        `Migration ${name} was changed after it was applied. Put its file back as released, and write the change as a new migration.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

function checksum({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** A change of the schema that waits for a lock holds up all who come after it: it gives way sooner than they give up. */
const LOCK_WAIT = '500ms';
/** Where both wait for each other, the one that looks first gives way; only a superuser may say when it looks. */
const LOOK_FIRST = `select set_config('deadlock_timeout', '100ms', true)
  from pg_roles where rolname = current_user and rolsuper`;
const ATTEMPTS = 240;
/** `lock_not_available` and `deadlock_detected`. */
const GAVE_WAY = new Set(['55P03', '40P01']);

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each begins when the one before has given way
      await applyOnce(client, migration);
      return;
    } catch (cause) {
      if (attempt < ATTEMPTS && GAVE_WAY.has(errorCode(cause) ?? '')) continue;
      throw new Error(`Migration ${migration.name} failed and left no trace: ${String(cause)}`, {
        cause,
      });
    }
  }
}

async function applyOnce(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '${LOCK_WAIT}'`);
    await client.query(LOOK_FIRST);
    await client.query(migration.sql);
    await grantService(client);
    await client.query('insert into retainer.migration (name, checksum) values ($1, $2)', [
      migration.name,
      checksum(migration),
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw cause;
  }
}
