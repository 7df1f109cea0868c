import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { denies, judge, type Count } from '../gate/decide.ts';
import { receiptLines, type Unit } from '../gate/hold.ts';
import type { Policy } from '../gate/policy.ts';
import { policyOf, SEGMENT } from '../gate/testing/policy.ts';
import type { CountBy, TierFeatures, TierTerms } from '../tiers/terms.ts';
import { busiestAndMedian, tierFit, type PricedTier } from './tier-fit.ts';
import { takesAll, tierGaps, wishPeaks, type WishedWeek, type Wishes } from './tier-gaps.ts';

interface Offer extends PricedTier {
  readonly id: string;
}

function terms(
  postsPerWeek: number | null | undefined,
  platforms: Partial<TierFeatures['platforms']> = {},
  countBy: CountBy = 'post',
): TierTerms {
  return {
    features: {
      ...SEGMENT.terms.features,
      postsPerWeek,
      platforms: { max: null, allowed: 'all', perPlatform: {}, ...platforms },
      reports: { level: 'basic', cadence: 'monthly', perPeriod: 1 },
    },
    limits: { storageBytes: 5, contentLibraryItems: null },
    countBy,
    enforcement: 'hard',
  };
}

const usd = (amountMinor: bigint) => ({ amountMinor, currency: 'USD' });
const bronze: Offer = {
  id: 'bronze',
  terms: terms(5, { allowed: ['linkedin', 'x'] }),
  monthly: usd(499_00n),
};
const silver: Offer = { id: 'silver', terms: terms(10, { max: 4 }), monthly: usd(999_00n) };
const gold: Offer = { id: 'gold', terms: terms(20), monthly: usd(1999_00n) };
const offers = [bronze, silver, gold];

const week = (taken: number, denied = 0, platforms: readonly string[] = ['x']): WishedWeek => ({
  posts: { taken, denied },
  countBy: 'post',
  platforms: new Map(platforms.map((platform) => [platform, { taken, denied }])),
});
const wishes = (weeks: readonly WishedWeek[], meters: Wishes['meters'] = []): Wishes => ({
  weeks,
  meters,
});

describe('given twelve weeks of a client', () => {
  test('when every week fits the tier there is, and no cheaper one, then it fits', () => {
    const found = tierFit(wishes([week(6), week(10)]), offers, silver);
    expect(found).toEqual({ fit: 'fits', fitted: silver, differenceMinor: 0n });
  });

  test('when one week passes it, denied asks among it, then it is over, and the next tier is told', () => {
    const asked = wishes([week(6), week(9, 2), week(12)]);
    const found = tierFit(asked, offers, silver);
    expect(found).toEqual({ fit: 'over', fitted: gold, differenceMinor: 1000_00n });
    expect(tierGaps(silver.terms, asked)).toEqual([
      { code: 'limit_reached', meter: 'posts', platform: '', limit: 10, wished: 12, weeks: 2 },
    ]);
  });

  test('when a cheaper one would have done, then it is under', () => {
    const found = tierFit(wishes([week(3), week(5)]), offers, gold);
    expect(found).toMatchObject({ fit: 'under', fitted: bronze, differenceMinor: -1500_00n });
  });

  test('when no tier would have taken it, then none is told', () => {
    const found = tierFit(wishes([week(21)]), offers, gold);
    expect(found).toMatchObject({ fit: 'over', fitted: undefined, differenceMinor: null });
  });

  test('when a platform, their number or a meter is what does not fit, then that is said', () => {
    const platforms = ['x', 'tiktok', 'facebook', 'linkedin', 'pinterest'];
    const asked = wishes(
      [week(1, 0, platforms), week(0)],
      [
        { meter: 'reports', taken: 1, denied: 1 },
        { meter: 'storage_bytes', taken: 5, denied: 0 },
        { meter: 'library_items', taken: 10 ** 9, denied: 0 },
      ],
    );
    expect(
      tierGaps(bronze.terms, asked).map((gap) => [gap.code, gap.platform || gap.meter]),
    ).toEqual([
      ['platform_not_in_tier', 'facebook'],
      ['platform_not_in_tier', 'pinterest'],
      ['platform_not_in_tier', 'tiktok'],
      ['limit_reached', 'reports'],
    ]);
    expect(tierGaps(silver.terms, asked)[0]).toEqual({
      code: 'platform_count',
      meter: 'posts',
      platform: '',
      limit: 4,
      wished: 5,
      weeks: 1,
    });
    expect(tierGaps(terms(undefined), wishes([week(1)]))).toMatchObject([{ code: 'not_in_tier' }]);
    expect(tierGaps(terms(0), wishes([week(1)]))).toMatchObject([{ code: 'limit_is_zero' }]);
  });

  test('when there is no tier, or no whole week, then nothing is judged', () => {
    expect(tierFit(wishes([week(3)]), offers, undefined)).toMatchObject({
      fit: null,
      fitted: bronze,
      differenceMinor: null,
    });
    expect(tierFit(wishes([]), offers, gold)).toMatchObject({ fit: null, fitted: undefined });
  });

  test('when prices are in other currencies, then neither is cheaper', () => {
    const euro = { ...gold, monthly: { amountMinor: 1n, currency: 'EUR' } };
    const found = tierFit(wishes([week(3)]), offers, euro);
    expect(found).toMatchObject({ fit: 'fits', fitted: bronze, differenceMinor: null });
  });

  test('when weeks are told, then the first of the busiest and the one in the middle', () => {
    const weeks = [week(4), week(9, 1), week(10), week(5)];
    expect(busiestAndMedian(weeks)).toEqual({ peak: weeks[1], median: { num: 15n, den: 2n } });
    expect(busiestAndMedian([])).toBeUndefined();
  });
});

describe('given the gate', () => {
  const PLATFORMS = ['linkedin', 'x', 'tiktok'] as const;
  const limit = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
  const anyTerms = fc
    .record({
      posts: limit,
      countBy: fc.constantFrom<CountBy>('post', 'channel'),
      max: limit,
      allowed: fc.option(fc.subarray([...PLATFORMS]), { nil: 'all' as const }),
      perPlatform: fc.dictionary(fc.constantFrom(...PLATFORMS), limit),
    })
    .map(({ posts, countBy, ...platforms }) => terms(posts, platforms, countBy));
  const anyPosts = fc.array(fc.subarray([...PLATFORMS], { minLength: 1 }), { maxLength: 8 });

  test('when it is asked post by post, then it denies one exactly where a tier would not have fitted', () => {
    fc.assert(
      fc.property(anyTerms, anyPosts, (own, posts) => {
        const { denied, asked } = playWeek(own, posts);
        expect(tierGaps(own, wishes([asked])).length > 0).toBe(denied);
      }),
    );
  });

  test('when weeks are summed up first, then a tier takes all exactly where it has no gap', () => {
    const anyWeeks = fc.array(fc.tuple(anyTerms, anyPosts), { maxLength: 4 });
    const anyMeter = fc.record({
      meter: fc.constantFrom('reports', 'storage_bytes', 'library_items'),
      taken: fc.nat({ max: 7 }),
      denied: fc.nat({ max: 1 }),
    });
    fc.assert(
      fc.property(anyTerms, anyWeeks, fc.array(anyMeter), (own, weeks, meters) => {
        // Weeks may have been counted as other tiers count.
        const asked = wishes(
          weeks.map(([counted, posts]) => playWeek(counted, posts).asked),
          meters,
        );
        expect(takesAll(own, wishPeaks(asked))).toBe(tierGaps(own, asked).length === 0);
      }),
    );
  });
});

/** Asks a gate for one post after the other; what it denies is wished all the same. */
function playWeek(own: TierTerms, posts: readonly (readonly string[])[]) {
  const window = { start: 0, end: 7 };
  const counts = new Map<string, Count>();
  const all = new Map<string, number>();
  let denied = false;
  for (const platforms of posts) {
    const units = platforms.map((platform): Unit => ({
      channel: platform,
      platform,
      state: 'held',
      expiresAt: 9,
    }));
    const after = receiptLines({ quantity: 1, countBy: own.countBy, units });
    const ask = { meter: 'posts', now: 1, scheduledAt: 1, window, before: [], after } as const;
    const isDenied = judge(policyWith(own), counts, ask).some(denies);
    denied ||= isDenied;
    for (const { platform, held } of after) {
      all.set(platform, (all.get(platform) ?? 0) + held);
      if (isDenied) continue;
      counts.set(platform, { used: 0, held: (counts.get(platform)?.held ?? 0) + held });
    }
  }
  const wish = (count: number) => ({ taken: count, denied: 0 });
  const { '': total = 0, ...rest } = Object.fromEntries(all);
  const platforms = new Map(Object.entries(rest).map(([name, count]) => [name, wish(count)]));
  return { denied, asked: { posts: wish(total), countBy: own.countBy, platforms } };
}

function policyWith(own: TierTerms): Policy {
  return { ...policyOf({}), segments: [{ ...SEGMENT, terms: own }] };
}
