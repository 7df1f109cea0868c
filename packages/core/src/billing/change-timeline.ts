import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockForChange } from '../tenancy/lock-client.ts';
import { getClientTier, type ClientTier } from '../usage/get-client-tier.ts';
import { auditView } from './assignment-dto.ts';
import { readTimeline, settlePeriods, type Timeline } from './timeline.ts';

/** A change of what a client holds; it answers the name the audit log gives it. */
export type TimelineWork = (em: EntityManager, timeline: Timeline) => Promise<string>;

/** Changes a client's assignments under its lock, moves what it holds, and remembers the change. */
export async function changeTimeline(
  ctx: ServiceContext,
  clientWorkspaceId: string,
  work: TimelineWork,
): Promise<ClientTier> {
  return inTransaction(ctx, async (em) => {
    const client = await lockForChange(em, ctx.agencyId, clientWorkspaceId);
    const timeline = await readTimeline(em, ctx, client);
    const before = auditView(timeline);
    const action = await work(em, timeline);
    const after = auditView(await settlePeriods(em, ctx, timeline));
    const subject = `client:${clientWorkspaceId}`;
    recordAudit(em, ctx, { action, subject, clientId: clientWorkspaceId, before, after });
    await em.flush();
    return getClientTier(ctx, { clientWorkspaceId });
  });
}
