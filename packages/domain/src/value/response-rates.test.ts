import { describe, expect, test } from 'vitest';

import {
  conversionRate,
  ctr,
  engagementRate,
  groupEngagementRate,
  leadConversion,
} from './response-rates.ts';

describe('given what people did with what they saw', () => {
  test.each([
    { basis: 'impressions', name: 'engagementRate' },
    { basis: 'reach', name: 'engagementRateByReach' },
    { basis: 'followers', name: 'engagementRateByFollowers' },
  ] as const)('when engagement is measured by $basis, then its name says so', (row) => {
    const found = engagementRate({ basis: row.basis, engagement: 7921n, denominator: 184_230n });
    expect(found).toMatchObject({ name: row.name, rate: { value: '0.042995' } });
  });

  test('when it passes 100 %, then it is not clamped', () => {
    const asked = { basis: 'impressions', engagement: 15n, denominator: 10n } as const;
    expect(engagementRate(asked).rate).toMatchObject({ value: '1.500000' });
  });

  test('when posts are taken together, then it is one ratio of sums of those that have both', () => {
    const posts = [
      { impressions: 100n, engagement: 10n },
      { impressions: 10_000n, engagement: 300n },
      { impressions: 900n, engagement: 0n },
      { impressions: null, engagement: 5000n },
      { impressions: 5000n, engagement: null },
    ];
    expect(groupEngagementRate(posts)).toMatchObject({ value: '0.028182' });
    expect(groupEngagementRate(posts.slice(3))).toEqual({ value: null, reason: 'missing_data' });
    expect(groupEngagementRate([{ impressions: 0n, engagement: 1n }])).toEqual({
      value: null,
      reason: 'zero_denominator',
    });
  });

  test.each([
    { name: 'CTR', found: ctr(2214n, 184_230n), is: '0.012018' },
    { name: 'conversion rate', found: conversionRate(19n, 2214n), is: '0.008582' },
    { name: 'lead conversion', found: leadConversion(19n, 86n), is: '0.220930' },
    { name: 'CTR without impressions', found: ctr(1n, 0n), is: null },
  ])('when $name is asked, then it is $is', ({ found, is }) => {
    expect(found.value).toBe(is);
  });
});
