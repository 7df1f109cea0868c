import { setTimeout as pause } from 'node:timers/promises';

import { PgBoss } from 'pg-boss';

import { asRole, JOBS_ROLE } from '../db/roles.ts';
import type { Log } from '../kernel/log.ts';

/** What is done on a schedule, in whichever process comes first. Each is told only that it is time. */
export interface JobHandlers {
  /** Ends holds that are due and rolls on what time moves. */
  readonly sweep: () => Promise<void>;
  /** Makes and mails the reports that are due. */
  readonly reports: () => Promise<void>;
  /** Looks after what must be true, and makes room for the months to come. */
  readonly nightly: () => Promise<void>;
}

const EVERY_MINUTE = '* * * * *';
const EVERY_FIVE_MINUTES = '*/5 * * * *';
const EVERY_NIGHT = '17 3 * * *';

export interface JobOptions {
  /** The owner's URL. */
  readonly url: string;
  readonly log: Log;
  readonly handlers: JobHandlers;
}

export interface Jobs {
  /** Takes no new work, waits for what runs, and closes the connections. */
  readonly stop: () => Promise<void>;
}

const DRAIN_MS = 20_000;
/** Closing takes no longer than that on top, even where a connection says nothing any more. */
const CLOSE_MS = 2_000;
/** Its statements are short: one that takes longer has lost its connection, and all jobs would wait for it. */
const SILENCE_MS = 8_000;

/** Starts the scheduled jobs on a migrated database. A job that fails is logged, and runs again at its next time. */
export async function startJobs({ url, log, handlers }: JobOptions): Promise<Jobs> {
  const connection = {
    connectionString: asRole(url, { role: JOBS_ROLE, applicationName: 'retainer jobs' }),
    max: 3,
    connectionTimeoutMillis: 5_000,
    query_timeout: SILENCE_MS,
    keepAlive: true,
  };
  const boss = new PgBoss({ ...connection, schema: JOBS_ROLE, createSchema: false });
  boss.on('error', (error) => log.error({ error }, 'The job queue has trouble'));
  boss.on('warning', (warning) => log.warn({ warning }, 'The job queue warns'));
  await boss.start();
  await register(boss, {
    name: 'sweep',
    cron: EVERY_MINUTE,
    atMostSeconds: 600,
    run: handlers.sweep,
    log,
  });
  await register(boss, {
    name: 'reports',
    cron: EVERY_FIVE_MINUTES,
    atMostSeconds: 3600,
    run: handlers.reports,
    log,
  });
  await register(boss, {
    name: 'nightly',
    cron: EVERY_NIGHT,
    atMostSeconds: 6 * 3600,
    run: handlers.nightly,
    log,
  });
  return {
    stop: async () => {
      const stopped = boss.stop({ graceful: true, timeout: DRAIN_MS, close: true });
      await Promise.race([stopped, pause(DRAIN_MS + CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

interface ScheduledJob {
  readonly name: keyof JobHandlers;
  /** In UTC. */
  readonly cron: string;
  readonly atMostSeconds: number;
  readonly run: () => Promise<void>;
  readonly log: Log;
}

async function register(
  boss: PgBoss,
  { name, cron, atMostSeconds, run, log }: ScheduledJob,
): Promise<void> {
  await boss.createQueue(name, {
    // One waits or runs, never two. The heartbeat frees the place of a process that died at work.
    policy: 'exclusive',
    heartbeatSeconds: 20,
    expireInSeconds: atMostSeconds,
    retryLimit: 0,
    deleteAfterSeconds: 86_400,
  });
  await boss.work(name, async () => {
    try {
      await run();
    } catch (error) {
      log.error({ error, job: name }, 'A job failed');
      throw error;
    }
  });
  await boss.schedule(name, cron);
  // What came due while no process ran does not wait for the clock; what takes long does.
  if (cron !== EVERY_NIGHT) await boss.send(name);
}
