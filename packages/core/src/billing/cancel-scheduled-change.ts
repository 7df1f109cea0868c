import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { changeTimeline } from './change-timeline.ts';
import { clearUpcoming } from './timeline.ts';

export const CancelScheduledChangeInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type CancelScheduledChangeInput = z.input<typeof CancelScheduledChangeInput>;

/** Drops a change, or a first start, that has not come into force; with nothing pending nothing changes. */
export async function cancelScheduledChange(
  ctx: ServiceContext,
  input: CancelScheduledChangeInput,
): Promise<ClientTier> {
  const { clientWorkspaceId } = CancelScheduledChangeInput.parse(input);
  return changeTimeline(ctx, clientWorkspaceId, async (em, timeline) => {
    if (timeline.upcoming.length > 0) await clearUpcoming(em, timeline);
    return 'assignment.change_canceled';
  });
}
