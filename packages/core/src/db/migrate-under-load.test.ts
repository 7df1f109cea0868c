import { createHash, randomUUID } from 'node:crypto';

import pg from 'pg';
import { describe, expect, test } from 'vitest';

import { emptyDatabase, silentLog } from '../testing/index.ts';
import { isMigrated, migrate } from './migrate.ts';
import { init } from './migrations/0001-init.ts';
import { ensureRoles, ensureSchemas, grantService } from './provision.ts';
import { asRole, SERVICE_ROLE } from './roles.ts';

const CALLERS = 4;
const CLIENTS = 500;

/** A database as the first release left it, with clients of one agency and what they used. */
async function firstRelease(): Promise<string> {
  const url = await emptyDatabase();
  await onConnection(url, async (owner) => {
    await ensureRoles(owner);
    await ensureSchemas(owner);
    await owner.query(init.sql);
    await grantService(owner);
    await owner.query('insert into retainer.migration (name, checksum) values ($1, $2)', [
      init.name,
      createHash('sha256').update(init.sql).digest('hex'),
    ]);
    await owner.query(SEED, [CLIENTS]);
  });
  return url;
}

const SEED = `with agency as (
    insert into retainer.agency (id, name, time_zone, currency, created_at)
    values ('acme', 'Acme', 'UTC', 'USD', '2026-01-01') returning id),
  client as (
    insert into retainer.client (agency_id, id, name, created_at)
    select agency.id, 'client ' || n, 'Client ' || n, '2026-01-01' from agency, generate_series(1, $1::int) n
    returning agency_id, id)
  insert into retainer.usage_counter (agency_id, client_id, meter, window_start, window_end, used, held, platforms)
  select agency_id, id, 'posts', '2026-01-05', '2026-01-12', 0, 0, '[]' from client`;

/** What the first release did for an ask, word for word in its columns: it knows nothing of what came later. */
async function hold(service: pg.Client, clientId: string): Promise<void> {
  await service.query('begin');
  try {
    await service.query("select set_config('retainer.agency', 'acme', true)");
    await service.query(
      "select version from retainer.client where agency_id = 'acme' and id = $1 for update",
      [clientId],
    );
    await service.query(HOLD, [clientId, randomUUID()]);
    await service.query('commit');
  } catch (error) {
    await service.query('rollback');
    throw error;
  }
}

const HOLD = `with h as (
    insert into retainer.hold (agency_id, client_id, series_id, occurrence, meter, quantity, count_by,
      scheduled_at, status, units, receipt, flags, step, created_at)
    values ('acme', $1, $2, '', 'posts', 1, 'post', '2026-01-06', 'held', '[]', '[]', '[]', 1, '2026-01-05')
    returning agency_id, client_id, series_id),
  c as (
    update retainer.usage_counter u set held = held + 1 from h
    where u.agency_id = h.agency_id and u.client_id = h.client_id and u.meter = 'posts' and u.window_start = '2026-01-05'),
  p as (
    insert into retainer.post (agency_id, client_id, post_id, series_id, state, event_at, scheduled_at, channels,
      media_ids, flags, created_at)
    select agency_id, client_id, series_id::text, series_id, 'scheduled', '2026-01-05', '2026-01-06', '[]', '[]', '[]',
      '2026-01-05' from h)
  insert into retainer.usage_ledger (agency_id, client_id, series_id, occurrence, step, kind, meter, window_start, lines, at)
  select agency_id, client_id, series_id, '', 1, 'hold', 'posts', '2026-01-05', '[["",0,1]]', '2026-01-05' from h`;

describe('given the first release’s database, with callers who never stop', () => {
  test('when it is migrated to the newest, then no call fails, and nothing that was accepted is lost', async () => {
    const url = await firstRelease();
    const service = asRole(url, {
      role: SERVICE_ROLE,
      applicationName: 'first release',
      // As the service has it: who waits longer has failed.
      settings: { lock_timeout: '5s', statement_timeout: '15s' },
    });
    const over = new AbortController();
    const failed: unknown[] = [];
    const call = async (caller: number): Promise<number> =>
      onConnection(service, async (client) => {
        let accepted = 0;
        const isDone = () => over.signal.aborted && (accepted > 0 || failed.length > 0);
        for (let n = caller; !isDone(); n += CALLERS) {
          try {
            // oxlint-disable-next-line no-await-in-loop -- a caller asks when it has its answer
            await hold(client, `client ${(n % CLIENTS) + 1}`);
            accepted += 1;
          } catch (error) {
            failed.push(error);
          }
        }
        return accepted;
      });
    const callers = Array.from({ length: CALLERS }, (_, caller) => call(caller));
    await migrate(url, silentLog);
    over.abort();
    const accepted = (await Promise.all(callers)).reduce((sum, one) => sum + one, 0);
    expect(failed).toEqual([]);
    const { rows } = await onConnection(url, (owner) =>
      owner.query<Record<string, string>>(COUNTS),
    );
    const n = String(accepted);
    expect(rows).toEqual([{ holds: n, held: n, posts: n, steps: n, clients: String(CLIENTS) }]);
  });

  test('when a newer version has migrated it on, then processes of this one stay ready', async () => {
    const url = await emptyDatabase();
    await migrate(url, silentLog);
    await onConnection(url, async (owner) => {
      const later = "insert into retainer.migration (name, checksum) values ('9999-later', 'x')";
      await owner.query(later);
    });
    const pool = new pg.Pool({ connectionString: url });
    expect(await isMigrated(pool)).toBe(true);
    await pool.query("delete from retainer.migration where name = '0001-init'");
    expect(await isMigrated(pool)).toBe(false);
    await pool.end();
    await expect(migrate(url, silentLog)).rejects.toThrow(/newer version/);
  });

  test('when somebody holds a table, then the change gives way to callers and gets in later', async () => {
    const url = await firstRelease();
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table retainer.usage_counter in row exclusive mode');
    const migrated = migrate(url, silentLog);
    // Callers of that table get in although the change of it is waiting.
    const service = asRole(url, {
      role: SERVICE_ROLE,
      applicationName: 'first release',
      settings: { lock_timeout: '5s' },
    });
    await onConnection(service, async (client) => {
      for (let n = 1; n <= 20; n += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await hold(client, `client ${n}`);
      }
    });
    await holder.query('rollback');
    await holder.end();
    await expect(migrated).resolves.toBeUndefined();
  });
});

const COUNTS = `select (select count(*) from retainer.hold) as holds,
  (select sum(held) from retainer.usage_counter) as held,
  (select count(*) from retainer.post) as posts,
  (select count(*) from retainer.usage_ledger) as steps,
  (select count(*) from retainer.client) as clients`;

async function onConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
