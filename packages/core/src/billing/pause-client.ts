import { randomUUID } from 'node:crypto';

import type { EntityManager } from '@mikro-orm/postgresql';
import * as z from 'zod';

import type { ServiceContext } from '../kernel/context.ts';
import type { Client } from '../tenancy/client.entity.ts';
import { invalidField, Moment, Note, WorkspaceId } from '../tenancy/input-fields.ts';
import type { ClientTier } from '../usage/get-client-tier.ts';
import { BlockingState } from './blocking-state.entity.ts';
import { changeBlocks } from './blocking-states.ts';
import { nothingInForce } from './cancel-assignment.ts';
import { readTimeline } from './timeline.ts';

export const PauseClientInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** Now when left out. */
  from: Moment.optional(),
  /** Until resumed when left out. */
  until: Moment.nullable().default(null),
  kind: z.enum(['paused', 'stopped']).default('paused'),
  reason: Note.default(''),
});
export type PauseClientInput = z.input<typeof PauseClientInput>;

/** Takes no new holds from a client for a time; what it holds can still be settled. Pausing what is paused changes nothing. */
export async function pauseClient(
  ctx: ServiceContext,
  input: PauseClientInput,
): Promise<ClientTier> {
  const { clientWorkspaceId, until, kind, reason, from } = PauseClientInput.parse(input);
  const startsAt = from ?? ctx.now();
  if (until && until <= startsAt) throw invalidField('until', 'must lie after from');
  return changeBlocks(ctx, {
    clientWorkspaceId,
    action: 'client.paused',
    assertMay: (em, client) => assertHolds(em, ctx, client),
    work(em, open) {
      const isCovered = open.some(
        (block) => block.kind === kind && block.startsAt <= startsAt && covers(block, until),
      );
      if (isCovered) return;
      em.create(BlockingState, {
        agencyId: ctx.agencyId,
        id: randomUUID(),
        clientId: clientWorkspaceId,
        kind,
        startsAt,
        endsAt: until,
        reason,
      });
    },
  });
}

/** Without a tier, in force or to come, there is nothing to pause. */
async function assertHolds(em: EntityManager, ctx: ServiceContext, client: Client): Promise<void> {
  const timeline = await readTimeline(em, ctx, client);
  if (!timeline.current && timeline.upcoming.length === 0) throw nothingInForce(timeline);
}

function covers({ endsAt }: BlockingState, until: Date | null): boolean {
  return !endsAt || (until !== null && until <= endsAt);
}
