import { randomUUID } from 'node:crypto';

import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { BlockingState } from './blocking-state.entity.ts';
import { changeBlocks, endBlocks } from './blocking-states.ts';

export const SetPastDueInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  pastDue: z.boolean(),
});
export type SetPastDueInput = z.input<typeof SetPastDueInput>;

/** Notes that a client owes, or no longer does. Whether that refuses holds is the agency's rule. */
export async function setPastDue(ctx: ServiceContext, input: SetPastDueInput): Promise<ClientTier> {
  const { clientWorkspaceId, pastDue } = SetPastDueInput.parse(input);
  const startsAt = ctx.now();
  return changeBlocks(ctx, {
    clientWorkspaceId,
    action: pastDue ? 'client.past_due' : 'client.paid_up',
    work(em, open) {
      const owing = open.filter((block) => block.kind === 'past_due');
      if (!pastDue) endBlocks(em, owing, startsAt);
      if (!pastDue || owing.length > 0) return;
      em.create(BlockingState, {
        agencyId: ctx.agencyId,
        id: randomUUID(),
        clientId: clientWorkspaceId,
        kind: 'past_due',
        startsAt,
        endsAt: null,
        reason: '',
      });
    },
  });
}
