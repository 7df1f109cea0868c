import { describe, expect, test } from 'vitest';

import { highlights, type RankedCampaign } from './highlights.ts';

function campaign(
  id: string,
  valueMinor: bigint | null,
  costMinor: bigint | null,
  clientId = 'bakery',
): RankedCampaign {
  return { id, clientId, valueMinor, costMinor };
}

const idsOf = (campaigns: readonly RankedCampaign[]) => campaigns.map(({ id }) => id);

describe('given campaigns with a cost and a value', () => {
  test('when they are ranked, then by ROI, then value, then id', () => {
    const campaigns = [
      campaign('low', 100n, 100n),
      campaign('b', 300n, 100n),
      campaign('a', 300n, 100n),
      campaign('large', 3_000n, 1_000n),
      campaign('loss', -50n, 100n),
      campaign('top', 301n, 100n),
    ];
    const first = ['top', 'large', 'a', 'b', 'low', 'loss'];
    expect(idsOf(highlights(campaigns, { count: 10 }))).toEqual(first);
    expect(idsOf(highlights(campaigns, { count: 3 }))).toEqual(first.slice(0, 3));
  });

  test('when two clients have campaigns of one id, then the smaller client comes first', () => {
    const campaigns = [campaign('spring', 9n, 3n, 'z'), campaign('spring', 9n, 3n, 'a')];
    expect(highlights(campaigns, { count: 2 }).map((one) => one.clientId)).toEqual(['a', 'z']);
  });

  test('when nothing was spent or something is unknown, then there is no ROI to rank by', () => {
    const campaigns = [
      campaign('free', 100n, 0n),
      campaign('refunded', 100n, -5n),
      campaign('unknown value', null, 100n),
      campaign('unknown cost', 100n, null),
    ];
    expect(highlights(campaigns, { count: 5 })).toEqual([]);
  });

  test('when small ones are left out, then the cost must lie above', () => {
    const campaigns = [campaign('at it', 900n, 500n), campaign('above', 501n, 501n)];
    expect(idsOf(highlights(campaigns, { count: 5, costAboveMinor: 500n }))).toEqual(['above']);
  });
});
