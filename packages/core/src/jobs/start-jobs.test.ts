import { describe, expect } from 'vitest';

import { silentLog, test } from '../testing/index.ts';
import { startJobs } from './start-jobs.ts';

const idle = (): Promise<void> => Promise.resolve();

describe('given a migrated database', () => {
  test('when two processes start the jobs, then what came due runs at once, and once', async ({
    database,
  }) => {
    const ran: string[] = [];
    const start = (name: string) =>
      startJobs({
        url: database.ownerUrl,
        log: silentLog,
        handlers: {
          sweep: () => Promise.resolve(void ran.push(name)),
          reports: idle,
          nightly: idle,
        },
      });
    const [one, other] = await Promise.all([start('one'), start('other')]);
    await expect.poll(() => ran.length, { timeout: 10_000 }).toBe(1);
    await Promise.all([one.stop(), other.stop()]);
    expect(ran).toHaveLength(1);
  });

  test('when a job fails, then it is logged and nothing else happens', async ({ database }) => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (_: object, message: string) => void errors.push(message) };
    const handlers = { sweep: () => Promise.reject(new Error('no')), reports: idle, nightly: idle };
    const jobs = await startJobs({ url: database.ownerUrl, log, handlers });
    await expect.poll(() => errors, { timeout: 10_000 }).toContain('A job failed');
    await jobs.stop();
  });
});
