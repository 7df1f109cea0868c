import {
  createContext,
  createGate,
  dropExpiredExports,
  findApiKey,
  findDrift,
  isMigrated,
  keepNightly,
  keepRollups,
  makeDueReports,
  migrate,
  openDatabase,
  openLive,
  startEmbedded,
  startJobs,
  startRefresher,
  sweep,
  walArchiveOf,
  type Changed,
  type Database,
  type Gate,
  type Log,
} from '@retainer/core';

import type { Readiness, Services } from './context.ts';
import type { Settings } from './env.ts';
import { createLater } from './later.ts';
import { createReportPorts } from './reports/report-ports.ts';

/** The core, open on its database. */
export interface Core {
  /** The owner's URL, for the scheduled jobs. */
  readonly url: string;
  readonly services: Services;
  readonly gate: Gate;
  /** Waits until no work is under way that answers did not wait for. */
  readonly settled: () => Promise<void>;
  /** Waits for what the gate still has under way, then closes every connection. */
  readonly release: () => Promise<void>;
}

/** How soon changes are told, and lost processes found; see `openLive`. */
export type LiveTimes = Pick<Parameters<typeof openLive>[0], 'tellMs' | 'lookMs'>;

const READY_TIMEOUT_MS = 2000;

/** Opens the core: the database of `DATABASE_URL` or an embedded one, migrated. */
export async function openCore(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir' | 'testClock'> &
    Partial<Pick<Settings, 'mail' | 'backupDir'>>,
  log: Log,
  times: LiveTimes = {},
): Promise<Core> {
  const { url, embedded } = await databaseOf(settings, log);
  try {
    await migrate(url, log);
    const database = await openDatabase({ url, log });
    const { orm, gatePool, readPool } = database;
    const live = await openLive({ url, log, now, ...times });
    const { changed } = live;
    const gate = createGate(gatePool, { changed });
    const later = createLater(log);
    const stopping = new AbortController();
    const { signal } = stopping;
    const ports = createReportPorts(settings.mail);
    const services: Services = {
      gate,
      live,
      // Keys expire by the real clock, whatever the test clock says.
      findApiKey: (hash) => findApiKey({ orm, now }, hash),
      ready: () => readiness(isMigrated(gatePool)),
      contextOf: (facts) =>
        createContext({ orm, readPool, changed, byRealClock: !settings.testClock, ...facts }),
      later: later.run,
      upkeep: {
        sweep: (due) => sweep({ gate, pool: gatePool, ...due }),
        makeReports: (due) => makeDueReports({ database, ports, log, signal, changed, ...due }),
        drift: (agencyId) => findDrift(gatePool, agencyId),
      },
      reports: ports,
    };
    // With the test clock on, time passes only where a request says so.
    const handlers = handlersOf(services.upkeep, { database, log, changed });
    const jobs = settings.testClock ? undefined : await startJobs({ url, log, handlers });
    const refresher = jobs && startRefresher({ database, log, now, changed });
    return {
      url,
      services,
      gate,
      settled: later.settled,
      release: async () => {
        stopping.abort();
        await Promise.all([jobs?.stop(), refresher?.stop(), later.settled()]);
        await gate.drain();
        await live.close();
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

type Embedded = Awaited<ReturnType<typeof startEmbedded>>;

/** The database that is given, or an embedded one, started. */
async function databaseOf(
  {
    databaseUrl,
    dataDir,
    backupDir,
  }: Pick<Settings, 'databaseUrl' | 'dataDir'> & Partial<Pick<Settings, 'backupDir'>>,
  log: Log,
): Promise<{ readonly url: string; readonly embedded: Embedded | undefined }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, embedded: undefined };
  const walArchive = backupDir === undefined ? undefined : walArchiveOf(backupDir);
  const embedded = await startEmbedded({ dataDir, log, walArchive });
  return { url: embedded.url, embedded };
}

interface Handling {
  readonly database: Database;
  readonly log: Log;
  readonly changed: Changed;
}

/** What is done on a schedule, by the real clock. */
function handlersOf(
  { sweep: release, makeReports }: Services['upkeep'],
  { database, log, changed }: Handling,
) {
  const agencyId = undefined;
  return {
    sweep: async () => {
      await release({ agencyId, now: now() });
    },
    reports: async () => {
      await makeReports({ agencyId, now });
    },
    nightly: async () => {
      await keepNightly(database.gatePool, log);
      await dropExpiredExports(database.gatePool, now());
      await keepRollups({ database, log, now, changed });
    },
  };
}

function now(): Date {
  return new Date();
}

async function readiness(migrated: Promise<boolean>): Promise<Readiness> {
  const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), READY_TIMEOUT_MS);
  const answer = await Promise.race([migrated, timeout]);
  clearTimeout(timer);
  if (answer === true) return { ready: true };
  const reason =
    answer === false
      ? 'the database cannot be reached, or is not migrated to this version'
      : 'the database does not answer';
  return { ready: false, reason };
}
