import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { changeTimeline } from './change-timeline.ts';
import { periodOf } from './plan-assignment.ts';
import { clearUpcoming, endCurrent, type Timeline } from './timeline.ts';

export const CancelAssignmentInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  effective: z.enum(['now', 'period_end']).default('period_end'),
});
export type CancelAssignmentInput = z.input<typeof CancelAssignmentInput>;

/** Ends what the client holds, at once or with its billing period; a pending change is dropped. */
export async function cancelAssignment(
  ctx: ServiceContext,
  input: CancelAssignmentInput,
): Promise<ClientTier> {
  const { clientWorkspaceId, effective } = CancelAssignmentInput.parse(input);
  return changeTimeline(ctx, clientWorkspaceId, async (em, timeline) => {
    const { current, epochs, now } = timeline;
    const [upcoming] = timeline.upcoming;
    if (!current && !upcoming) throw nothingInForce(timeline);
    if (current) {
      await clearUpcoming(em, timeline);
      const at = effective === 'now' ? now : periodOf(current, epochs, now).end;
      await endCurrent(em, current, { at, by: 'cancel' });
    } else if (upcoming && effective === 'period_end') {
      const at = periodOf(upcoming, epochs, upcoming.from).end;
      await endCurrent(em, upcoming, { at, by: 'cancel' });
    } else {
      await clearUpcoming(em, timeline);
    }
    return 'assignment.canceled';
  });
}

/** Why nothing can be ended or reopened: it is over already, or there never was anything. */
export function nothingInForce({ held }: Timeline): DomainError {
  const last = held.findLast((one) => one.to !== Infinity);
  if (!last) return new DomainError('no_assignment', 'The client has no tier. Assign one first.');
  const ended = new Date(last.to).toISOString();
  return new DomainError(
    'already_ended',
    `The client's last tier ended at ${ended}. Assign a tier to start again.`,
  );
}
