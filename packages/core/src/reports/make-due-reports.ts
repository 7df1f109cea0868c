import type { EntityManager } from '@mikro-orm/postgresql';

import type { Database } from '../db/connect.ts';
import { sqlSession } from '../db/sql-session.ts';
import type { Changed } from '../kernel/changed.ts';
import { createContext, inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { Log } from '../kernel/log.ts';
import { planReports } from './plan-reports.ts';
import { LEASE_MS, proceedWith } from './proceed-with.ts';
import type { ReportPorts } from './report-ports.ts';
import { readAgenciesWithWork, takeUpNext } from './report.queries.ts';

/** What making reports needs: it works across agencies, one after the other. */
export interface ReportWork {
  readonly database: Pick<Database, 'orm' | 'readPool'>;
  readonly ports: ReportPorts;
  readonly log: Log;
  readonly now: () => Date;
  /** Told of the clients whose reports are others now. */
  readonly changed?: Changed | undefined;
  /** One agency alone; all of them when left out. */
  readonly agencyId?: string | undefined;
  /** Begins nothing new once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** How many reports were taken up, and of how many of them something went wrong. */
export interface ReportsTakenUp {
  readonly takenUp: number;
  readonly failed: number;
}

/**
 * Plans the reports that are due, makes each, renders it and mails it, and goes on with those that were left unfinished.
 * What fails is tried again later and stops nothing else. Any number of workers may, in any process, and may die.
 */
export async function makeDueReports(work: ReportWork): Promise<ReportsTakenUp> {
  const { database, now, signal } = work;
  const agencies = work.agencyId
    ? [work.agencyId]
    : await readAgenciesWithWork(database.orm.em.fork(), now());
  let takenUp = 0;
  let failed = 0;
  for (const agencyId of agencies) {
    if (signal?.aborted) break;
    // oxlint-disable-next-line no-await-in-loop
    await plan(work, agencyId);
    // oxlint-disable-next-line no-await-in-loop
    for await (const isDone of takeUpAll(work, agencyId)) {
      takenUp += 1;
      if (!isDone) failed += 1;
    }
  }
  return { takenUp, failed };
}

async function plan(work: ReportWork, agencyId: string): Promise<void> {
  try {
    await planReports(contextOf(work, agencyId));
  } catch (error) {
    work.log.error({ error, agencyId }, 'Reports of an agency cannot be planned');
  }
}

async function* takeUpAll(work: ReportWork, agencyId: string): AsyncGenerator<boolean> {
  while (!work.signal?.aborted) {
    // Each in a unit of work of its own: one keeps what it once read.
    const ctx = contextOf(work, agencyId);
    // oxlint-disable-next-line no-await-in-loop
    const id = await takeUp(ctx);
    if (id === undefined) return;
    try {
      // oxlint-disable-next-line no-await-in-loop
      await proceedWith(ctx, work.ports, id);
      yield true;
    } catch (error) {
      work.log.error({ error, agencyId, reportId: id }, 'A report has to wait');
      yield false;
    }
  }
}

function takeUp(ctx: ServiceContext): Promise<string | undefined> {
  const now = ctx.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const takeUpOne = (em: EntityManager) => takeUpNext(sqlSession(em), { now, until });
  return inTransaction(ctx, takeUpOne, { quiet: true });
}

function contextOf({ database, now, changed }: ReportWork, agencyId: string): ServiceContext {
  const { orm, readPool } = database;
  const actor = { kind: 'system', id: 'reports' } as const;
  return createContext({ orm, readPool, agencyId, actor, now, changed });
}
