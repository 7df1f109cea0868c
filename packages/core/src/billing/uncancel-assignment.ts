import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { nothingInForce } from './cancel-assignment.ts';
import { changeTimeline } from './change-timeline.ts';

export const UncancelAssignmentInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type UncancelAssignmentInput = z.input<typeof UncancelAssignmentInput>;

/** Takes a cancel back that has not come into force; `already_ended` once it has. */
export async function uncancelAssignment(
  ctx: ServiceContext,
  input: UncancelAssignmentInput,
): Promise<ClientTier> {
  const { clientWorkspaceId } = UncancelAssignmentInput.parse(input);
  return changeTimeline(ctx, clientWorkspaceId, async (em, timeline) => {
    const open = timeline.current ?? timeline.upcoming[0];
    if (!open) throw nothingInForce(timeline);
    if (open.row.endedBy === 'cancel') {
      open.row.endsAt = null;
      open.row.endedBy = null;
      await em.flush();
    }
    return 'assignment.uncanceled';
  });
}
