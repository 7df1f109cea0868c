import { describe, expect, test } from 'vitest';

import { clientsByTier, type TieredClient } from './clients-by-tier.ts';

const september = { from: '2025-09-01', toExclusive: '2025-10-01' };

function on(
  tiers: readonly (readonly [string, string, string | null])[],
  done: { readonly posts?: number; readonly trackedSeconds?: number } = {},
): TieredClient {
  return {
    tiers: tiers.map(([tier, from, to]) => ({ tier, from, to })),
    posts: 0,
    trackedSeconds: 0,
    ...done,
  };
}

describe('given clients and the tiers they were on', () => {
  test('when a period is counted, then each way of being active has its own number', () => {
    const counts = clientsByTier(
      [
        on([['gold', '2025-01-10', null]], { posts: 12 }),
        on([['gold', '2025-09-20', null]]),
        on([['silver', '2024-05-01', '2025-09-05']], { trackedSeconds: 60 }),
        on([['bronze', '2024-05-01', '2025-08-31']]),
        on([['bronze', '2025-10-01', null]]),
        on([], { posts: 1 }),
      ],
      september,
    );
    expect(counts).toEqual({
      total: 6,
      activeAtEnd: 2,
      activeAnyDay: 3,
      withActivity: 3,
      byTierAtEnd: new Map([['gold', 2]]),
    });
  });

  test.each([
    { why: 'ended on the last day', to: '2025-09-30', tier: 'silver' },
    { why: 'ended the day before', to: '2025-09-29', tier: undefined },
  ])('when a tier $why, then the client counts under $tier', ({ to, tier }) => {
    const { byTierAtEnd } = clientsByTier([on([['silver', '2025-01-01', to]])], september);
    expect([...byTierAtEnd.keys()]).toEqual(tier === undefined ? [] : [tier]);
  });

  test('when a client changed its tier, then it counts once, under the last', () => {
    const moved = on([
      ['bronze', '2025-01-01', '2025-09-15'],
      ['gold', '2025-09-16', null],
    ]);
    const counts = clientsByTier([moved], september);
    expect(counts.activeAnyDay).toBe(1);
    expect(counts.byTierAtEnd).toEqual(new Map([['gold', 1]]));
  });
});
