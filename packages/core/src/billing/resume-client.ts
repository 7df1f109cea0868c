import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { changeBlocks, endBlocks } from './blocking-states.ts';

export const ResumeClientInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type ResumeClientInput = z.input<typeof ResumeClientInput>;

/** Ends every pause and stop of a client and drops those to come; being past due is not touched. */
export async function resumeClient(
  ctx: ServiceContext,
  input: ResumeClientInput,
): Promise<ClientTier> {
  const { clientWorkspaceId } = ResumeClientInput.parse(input);
  return changeBlocks(ctx, {
    clientWorkspaceId,
    action: 'client.resumed',
    work(em, open) {
      const byHand = open.filter((block) => block.kind !== 'past_due');
      endBlocks(em, byHand, ctx.now());
    },
  });
}
