import type { DecisionReason, SuggestedTier } from '../gate/answer.ts';
import type { Gate } from '../gate/gate.ts';
import { checkInput } from '../hooks/hook-input.ts';
import { checkHook } from '../hooks/tell-hook.ts';
import type { ServiceContext } from '../kernel/context.ts';
import type { DeniedPostRow } from './denied-posts.queries.ts';

/** A post that will not go out as things stand, why, and what would help. */
export interface DeniedPost {
  readonly postId: string;
  readonly scheduledAt: Date;
  readonly platforms: readonly string[];
  readonly reasons: readonly DecisionReason[];
  readonly nextFitAt: Date | null;
  readonly suggestedTier: SuggestedTier | null;
}

/** Whose posts they are. */
export interface RefusedPosts {
  readonly clientId: string;
  readonly rows: readonly DeniedPostRow[];
}

/**
 * Asks about refused posts anew, so that what is told is why each would be refused now. One that would fit by now is
 * left out: its host has only to tell it again. Changes nothing.
 */
export async function askAgain(
  ctx: Pick<ServiceContext, 'agencyId' | 'now'>,
  gate: Pick<Gate, 'submit' | 'ask' | 'together'>,
  { clientId, rows }: RefusedPosts,
): Promise<DeniedPost[]> {
  const { agencyId, now } = ctx;
  const unassignedChannels = () => Promise.resolve('deny' as const);
  const asked = rows.map(async (row): Promise<DeniedPost[]> => {
    const hook = { gate, agencyId, now, unassignedChannels };
    const { decision, ...answer } = await checkHook(hook, questionOf(clientId, row));
    if (decision !== 'deny') return [];
    const { reasons, nextFitAt, suggestedTier } = answer;
    const platforms = [...new Set(row.channels.map(({ platform }) => platform))];
    const { postId, scheduledAt } = row;
    return [{ postId, scheduledAt, platforms, reasons, nextFitAt, suggestedTier }];
  });
  return (await Promise.all(asked)).flat();
}

function questionOf(clientId: string, { postId, scheduledAt, everyDays, channels }: DeniedPostRow) {
  return checkInput().parse({
    clientWorkspaceId: clientId,
    postId,
    scheduledAt,
    channels: channels.map(({ id, platform }) => ({ id, platform })),
    ...(everyDays !== null && { recurrence: { everyDays } }),
  });
}
