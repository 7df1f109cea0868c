import { DomainError } from '@retainer/domain';
import fc from 'fast-check';
import { describe, expect } from 'vitest';

import { START, test, type World } from '../tenancy/testing/world.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';
import { assignTierToClient } from './assign-tier-to-client.ts';
import { cancelAssignment } from './cancel-assignment.ts';
import { cancelScheduledChange } from './cancel-scheduled-change.ts';
import { clientTierHistory, type ClientTierHistory } from './client-tier-history.ts';
import { uncancelAssignment } from './uncancel-assignment.ts';

const HOUR_MS = 3_600_000;
const REFUSALS = ['already_ended', 'no_assignment', 'not_trialing', 'invalid_input'];

const effective = fc.constantFrom('now', 'period_end');
const step = fc.record({
  // Often no time passes at all.
  hours: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2000 })),
  act: fc.oneof(
    fc.record({ kind: fc.constant('cancel' as const), effective }),
    fc.record({ kind: fc.constantFrom('uncancel' as const, 'drop' as const) }),
    fc.record(
      {
        kind: fc.constant('assign' as const),
        tierId: fc.constantFrom('bronze', 'silver', 'gold'),
        effective,
        interval: fc.constantFrom('monthly', 'quarterly', 'annual'),
        startDate: fc.constantFrom('2026-01-31', '2026-03-29', '2026-06-30', '2027-02-28'),
        trialEndsAt: fc.constantFrom('2026-02-10T00:00:00Z', '2026-09-01T00:00:00Z'),
      },
      { requiredKeys: ['kind', 'tierId'] },
    ),
  ),
});
type Act = (typeof step extends fc.Arbitrary<infer T> ? T : never)['act'];

describe('given any sequence of assignments and cancels', () => {
  test('when they follow each other, then none clashes, and what is over is never rewritten', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const clientWorkspaceId = await world.client({ timeZone: 'Africa/Cairo' });
        let now = Date.parse(START);
        let before = await history(world, now, clientWorkspaceId);
        for (const { hours, act } of steps) {
          now += hours * HOUR_MS;
          await perform(world, { now, clientWorkspaceId, act });
          const after = await history(world, now, clientWorkspaceId);
          expect(overBy(after, now)).toEqual(expect.arrayContaining(overBy(before, now)));
          expect(after.filter((one) => !one.endsAt).length).toBeLessThanOrEqual(1);
          before = after;
        }
      }),
      { numRuns: 12 },
    );
  });
});

async function perform(
  world: World,
  { now, clientWorkspaceId, act }: { now: number; clientWorkspaceId: string; act: Act },
): Promise<void> {
  const ctx = world.at(new Date(now).toISOString());
  try {
    switch (act.kind) {
      case 'cancel':
        await cancelAssignment(ctx, { clientWorkspaceId, effective: act.effective });
        return;
      case 'uncancel':
        await uncancelAssignment(ctx, { clientWorkspaceId });
        return;
      case 'drop':
        await cancelScheduledChange(ctx, { clientWorkspaceId });
        return;
      case 'assign': {
        const { kind: _, ...input } = act;
        await assignTierToClient(ctx, { clientWorkspaceId, ...input });
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof DomainError) || !REFUSALS.includes(error.code)) throw error;
  }
}

async function history(world: World, now: number, clientWorkspaceId: string) {
  const ctx = world.at(new Date(now).toISOString());
  return (await clientTierHistory(ctx, { clientWorkspaceId })).assignments;
}

/** The spans that had ended by an instant. */
function overBy(assignments: ClientTierHistory['assignments'], now: number) {
  return assignments.filter((one) => one.endsAt && one.endsAt.getTime() <= now);
}
