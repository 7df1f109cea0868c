import { describe, expect } from 'vitest';

import { cancelAssignment } from './cancel-assignment.ts';
import { assign, NOW, PERIOD_END, spans, test } from './testing/silver.ts';
import { uncancelAssignment } from './uncancel-assignment.ts';

describe('given a client on Silver that is canceled', () => {
  test('when it is at the period end, then it can be taken back until then', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await assign(world, NOW, { clientWorkspaceId, tierId: 'bronze' });
    await cancelAssignment(world.at(NOW), { clientWorkspaceId, effective: 'period_end' });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..04-15T00:00 cancel']);
    await expect(
      uncancelAssignment(world.at(PERIOD_END), { clientWorkspaceId }),
    ).rejects.toMatchObject({ code: 'already_ended' });
    await uncancelAssignment(world.at('2026-04-14T23:59:59Z'), { clientWorkspaceId });
    expect(await spans(world, clientId)).toEqual(['silver@1 01-15T00:00..']);
  });

  test.for([
    { tierId: 'gold', to: ['03-20T12:00 change', 'gold@1 03-20T12:00..'] },
    { tierId: 'bronze', to: ['04-15T00:00 change', 'bronze@1 04-15T00:00..'] },
    { tierId: 'silver', to: [''] },
  ])(
    'when $tierId is assigned before the end, then the cancel is gone',
    async ({ tierId, to: [end = '', ...rest] }, { world, clientId }) => {
      const clientWorkspaceId = clientId;
      await cancelAssignment(world.at(NOW), { clientWorkspaceId });
      await assign(world, NOW, { clientWorkspaceId, tierId });
      expect(await spans(world, clientId)).toEqual([`silver@1 01-15T00:00..${end}`, ...rest]);
    },
  );

  test('when it is at once, then a new start cannot reach back before the end', async ({
    world,
    clientId,
  }) => {
    const clientWorkspaceId = clientId;
    await cancelAssignment(world.at(NOW), { clientWorkspaceId, effective: 'now' });
    await expect(cancelAssignment(world.at(NOW), { clientWorkspaceId })).rejects.toMatchObject({
      code: 'already_ended',
    });
    await assign(world, '2026-03-20T15:00:00Z', {
      clientWorkspaceId,
      tierId: 'gold',
      startDate: '2026-03-20',
    });
    expect(await spans(world, clientId)).toEqual([
      'silver@1 01-15T00:00..03-20T12:00 cancel',
      'gold@1 03-20T12:00..',
    ]);
  });
});

describe('given a client without a tier', () => {
  test('when there is nothing to end, then it says so', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    for (const end of [cancelAssignment, uncancelAssignment]) {
      await expect(end(world.at(NOW), { clientWorkspaceId })).rejects.toMatchObject({
        code: 'no_assignment',
      });
    }
  });
});
