import { randomUUID } from 'node:crypto';

import { DomainError } from '@retainer/domain';

import { concern } from '../kernel/changed.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockAgency } from '../tenancy/upsert-agency.ts';
import { toExportStatus, type ExportStatus } from './export-dto.ts';
import { ExportJob, type ExportFormat } from './export-job.entity.ts';

const MOST_RUNNING = 3;
const MOST_KEPT = 20;
const KEPT_MS = 60 * 60_000;
/** Longer than any step takes. */
const ALIVE_MS = 2 * 60_000;

/** What is to be made, in how many steps. */
export interface ExportPlan {
  readonly format: ExportFormat;
  readonly steps: number;
}

/**
 * Writes down that an export is begun, so that any process can tell how far it is. An agency has three under way at
 * most, else `conflict`; what expired is thrown away, and of more than twenty files the oldest.
 */
export async function openExport(ctx: ServiceContext, plan: ExportPlan): Promise<ExportStatus> {
  const { agencyId } = ctx;
  const now = ctx.now();
  return inTransaction(ctx, async (em) => {
    // No dashboard shows it.
    concern(em, []);
    // One after another, so that nobody passes the bound together.
    await lockAgency(em, agencyId);
    await em.nativeDelete(ExportJob, { agencyId, expiresAt: { $lte: now } });
    const kept = await em.find(ExportJob, { agencyId }, { orderBy: { createdAt: 'desc' } });
    const running = kept.filter((job) => job.state === 'running' && !job.isAbandoned(now));
    if (running.length >= MOST_RUNNING) {
      const message = `${MOST_RUNNING} exports of this agency are under way. Wait until one is done.`;
      throw new DomainError('conflict', message);
    }
    const gone = kept.filter((job) => !running.includes(job)).slice(MOST_KEPT - running.length - 1);
    for (const job of gone) em.remove(job);
    const job = em.create(ExportJob, {
      agencyId,
      id: randomUUID(),
      ...plan,
      state: 'running',
      step: 0,
      doing: 'waiting',
      createdAt: now,
      aliveUntil: new Date(now.getTime() + ALIVE_MS),
      expiresAt: new Date(now.getTime() + KEPT_MS),
    });
    return toExportStatus(job, now);
  });
}

/** Until when a process that works on an export has to be heard of again. */
export function aliveUntil(ctx: ServiceContext): Date {
  return new Date(ctx.now().getTime() + ALIVE_MS);
}
