import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import pg from 'pg';
import { describe, expect } from 'vitest';

import { asOwner } from '../testing/index.ts';
import { listReports } from './list-reports.ts';
import { test } from './testing/report-world.ts';

const WORKER = fileURLToPath(new URL('testing/worker-process.ts', import.meta.url));
const NOW = '2026-03-18T00:00:00Z';
const AFTER_LEASE = '2026-03-18T00:10:00Z';

interface Worker {
  readonly child: ChildProcess;
  /** The next line it says. */
  readonly next: () => Promise<string>;
  readonly kill: () => Promise<void>;
}

function start(url: string, agencyId: string, stopsAt: string): Worker {
  const child = spawn(process.execPath, [WORKER, url, agencyId, NOW, stopsAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async () => (await lines.next()).value ?? 'nothing more',
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

describe('given a worker with a report to make, render and mail', () => {
  test.for([
    { step: 'making', left: 'due', mails: 1 },
    { step: 'rendering', left: 'made', mails: 1 },
    { step: 'mailing', left: 'made', mails: 2 },
  ])(
    'when its process is killed while $step, then the next one finishes the same report, counted once',
    async ({ step, left, mails }, { reports, database }) => {
      const { world, outside } = reports;
      const { agencyId } = world;
      const client = await reports.client('gold', { reportRecipients: ['owner@bakery.example'] });
      const states = async (): Promise<string[]> => {
        const ctx = world.at(AFTER_LEASE);
        const { items } = await listReports(ctx, { clientWorkspaceId: client });
        return items.map(({ state }) => state);
      };
      const keys: string[] = [];

      // Who holds the client holds a worker up in the middle of the transaction that makes its report.
      const owner = new pg.Client({ connectionString: database.ownerUrl });
      await owner.connect();
      await owner.query('begin');
      if (step === 'making') {
        await owner.query(
          `select from retainer.client where agency_id = '${agencyId}' and id = '${client}' for update`,
        );
      }
      const worker = start(database.ownerUrl, agencyId, step);
      if (step === 'making') {
        await expect
          .poll(() => asOwner(database.ownerUrl, WAITING), { timeout: 15_000 })
          .toHaveLength(1);
      } else if (step === 'mailing') {
        keys.push((await worker.next()).replace('mailed ', ''));
      }
      if (step !== 'making') expect(await worker.next()).toBe(step);
      await worker.kill();
      await owner.query('rollback');
      await owner.end();

      await expect.poll(states).toEqual([left]);
      expect(await reports.work(NOW)).toEqual({ takenUp: 0, failed: 0 });
      expect(await reports.work(AFTER_LEASE)).toEqual({ takenUp: 1, failed: 0 });
      expect(await states()).toEqual(['sent']);
      expect(await reports.counted(client)).toEqual({ '2026-03-01': 1 });
      keys.push(...outside.mailed.map(({ messageKey }) => messageKey));
      expect(keys).toHaveLength(mails);
      expect(new Set(keys).size).toBe(1);
    },
  );
});

const WAITING = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query like '%client%'`;
