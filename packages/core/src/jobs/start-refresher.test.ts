import { randomUUID } from 'node:crypto';

import { describe, expect, inject } from 'vitest';

import type { Log } from '../kernel/log.ts';
import { test as base, type World } from '../tenancy/testing/world.ts';
import { asOwner, silentLog } from '../testing/index.ts';
import { startRefresher, type Refresher } from './start-refresher.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');

interface Running {
  readonly start: (log?: Partial<Log>) => Refresher;
  readonly spend: (clientId: string, amountMinor: bigint) => Promise<void>;
  readonly sums: (clientId: string) => Promise<string[]>;
}

/** `test` with refreshers that are stopped, and facts and figures beside them. */
const test = base
  .extend('running', ({ database, world }, { onCleanup }): Running => {
    const started: Refresher[] = [];
    onCleanup(async () => {
      await Promise.all(started.map((one) => one.stop()));
    });
    return {
      start: (log = {}) => {
        const now = () => new Date(NOON + performance.now());
        const refresher = startRefresher({
          database,
          log: { ...silentLog, ...log },
          now,
          idleMs: 20,
        });
        started.push(refresher);
        return refresher;
      },
      spend: async (clientId, amountMinor) => {
        await asOwner(
          database.ownerUrl,
          `insert into retainer.client_cost (agency_id, id, client_id, kind, from_date, to_date, amount_minor, currency,
             created_at) values ('${world.agencyId}', '${randomUUID()}', '${clientId}', 'other', '2026-03-01',
             '2026-03-01', ${amountMinor}, 'USD', now())`,
        );
      },
      sums: async (clientId) => {
        const rows = await asOwner<{ sum: string }>(
          database.ownerUrl,
          `select other_minor::text as sum from retainer.rollup_day
           where agency_id = '${world.agencyId}' and client_id = '${clientId}' and dimension = 'client'`,
        );
        return rows.map((row) => row.sum);
      },
    };
  })
  .extend('clients', ({ world }) => someClients(world));

async function someClients(world: World): Promise<readonly [string, string]> {
  return [await world.client(), await world.client()];
}

const IN_TIME = { timeout: 15_000 } as const;

describe('given facts that somebody writes', () => {
  test('when refreshers run, then the figures follow, and stop when they are stopped', async ({
    running,
    clients: [client],
  }) => {
    const [one, other] = [running.start(), running.start()];
    await running.spend(client, 500n);
    await expect.poll(() => running.sums(client), IN_TIME).toEqual(['500']);
    await running.spend(client, 250n);
    await expect.poll(() => running.sums(client), IN_TIME).toEqual(['750']);
    await Promise.all([one.stop(), other.stop()]);
    await running.spend(client, 1n);
    expect(await running.sums(client)).toEqual(['750']);
  });

  test('when one client cannot be refreshed, then the others are, and its name is logged', async ({
    running,
    clients: [bad, good],
  }) => {
    const failed: unknown[] = [];
    // Together they are more than a figure can hold.
    await running.spend(bad, 2n ** 63n - 1n);
    await running.spend(bad, 2n ** 63n - 1n);
    await running.spend(good, 3n);
    running.start({ error: (fields) => void failed.push(fields) });
    await expect.poll(() => running.sums(good), IN_TIME).toEqual(['3']);
    await expect.poll(() => failed.length, IN_TIME).toBeGreaterThan(1);
    expect(failed[0]).toMatchObject({ clientId: bad, failures: 1 });
    expect(failed[1]).toMatchObject({ clientId: bad, failures: 2 });
  });

  test('when the database goes away for a while, then it waits and goes on', async ({
    running,
    database,
    clients: [client],
  }) => {
    const warnings: string[] = [];
    running.start({ warn: (_, message) => void warnings.push(message) });
    const name = new URL(database.ownerUrl).pathname.slice(1);
    const { url } = inject('testServer');
    await asOwner(url, `alter database ${name} allow_connections false`);
    await asOwner(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    await expect.poll(() => warnings.length, IN_TIME).toBeGreaterThan(1);
    await asOwner(url, `alter database ${name} allow_connections true`);
    await running.spend(client, 77n);
    await expect.poll(() => running.sums(client), IN_TIME).toEqual(['77']);
  });
});
