import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { Client } from '../tenancy/client.entity.ts';
import { lockForChange } from '../tenancy/lock-client.ts';
import { getClientTier, type ClientTier } from '../usage/get-client-tier.ts';
import { BlockingState } from './blocking-state.entity.ts';

/** A dated reason to take no new holds, as callers read it. */
export interface BlockDto {
  readonly id: string;
  readonly kind: BlockingState['kind'];
  readonly from: Date;
  readonly until: Date | null;
  readonly reason: string;
}

/** A blocking state's row for its callers. */
export function toBlockDto(block: BlockingState): BlockDto {
  const { id, kind, startsAt, reason } = block;
  return { id, kind, from: startsAt, until: block.endsAt ?? null, reason };
}

/** All of a client's blocking states, by their start. */
export async function readBlocks(
  em: EntityManager,
  { agencyId, clientId }: { readonly agencyId: string; readonly clientId: string },
): Promise<BlockingState[]> {
  return em.find(
    BlockingState,
    { agencyId, clientId },
    { orderBy: { startsAt: 'asc', id: 'asc' }, refresh: true },
  );
}

export interface BlockChange {
  readonly clientWorkspaceId: string;
  readonly action: string;
  /** Refuses the change for reasons of its own. */
  readonly assertMay?: (em: EntityManager, client: Client) => Promise<void>;
  readonly work: (em: EntityManager, open: readonly BlockingState[]) => void;
}

/** Changes the blocking states that are in force or to come, under the client's lock, and remembers the change. */
export async function changeBlocks(
  ctx: ServiceContext,
  { clientWorkspaceId, action, assertMay, work }: BlockChange,
): Promise<ClientTier> {
  const key = { agencyId: ctx.agencyId, clientId: clientWorkspaceId };
  const now = ctx.now();
  const isOpen = (block: BlockingState): boolean => !block.endsAt || block.endsAt > now;
  return inTransaction(ctx, async (em) => {
    const client = await lockForChange(em, ctx.agencyId, clientWorkspaceId);
    await assertMay?.(em, client);
    const open = (await readBlocks(em, key)).filter(isOpen);
    const before = { blocks: open.map(toBlockDto) };
    work(em, open);
    await em.flush();
    const after = { blocks: (await readBlocks(em, key)).filter(isOpen).map(toBlockDto) };
    recordAudit(em, ctx, {
      action,
      subject: `client:${clientWorkspaceId}`,
      clientId: clientWorkspaceId,
      before,
      after,
    });
    await em.flush();
    return getClientTier(ctx, { clientWorkspaceId });
  });
}

/** Ends blocks now; those that have not begun go. */
export function endBlocks(em: EntityManager, blocks: readonly BlockingState[], now: Date): void {
  for (const block of blocks) {
    if (block.startsAt > now) em.remove(block);
    else block.endsAt = now;
  }
}
