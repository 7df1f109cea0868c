import { describe, expect } from 'vitest';

import { START, test } from '../tenancy/testing/world.ts';
import { archiveTier } from './archive-tier.ts';
import { createDefaultTiers } from './create-default-tiers.ts';
import { createServiceTier } from './create-service-tier.ts';
import { getTier } from './get-tier.ts';
import { listServiceTiers } from './list-service-tiers.ts';
import { publishTierVersion } from './publish-tier-version.ts';

const DEFAULTS = [
  {
    key: 'bronze',
    name: 'Bronze',
    version: 1,
    isDefault: true,
    archivedAt: null,
    pricing: {
      monthly: { amount: '499.00', currency: 'USD' },
      annual: { amount: '5988.00', currency: 'USD' },
    },
    features: {
      postsPerWeek: 5,
      platforms: { max: 2, allowed: ['linkedin', 'x'], perPlatform: {} },
      reports: { level: 'basic', cadence: 'monthly', perPeriod: 1 },
      ai: { level: 'basic', generationsPerPeriod: 100 },
      support: 'email',
      customBranding: false,
      apiAccess: false,
    },
    limits: { storageBytes: 5_000_000_000, contentLibraryItems: 100 },
    countBy: 'post',
    enforcement: 'hard',
  },
  {
    key: 'silver',
    name: 'Silver',
    pricing: { monthly: { amount: '999.00' }, annual: { amount: '11988.00' } },
    features: {
      postsPerWeek: 10,
      platforms: { max: 4, allowed: ['linkedin', 'x', 'facebook', 'instagram'] },
      reports: { level: 'standard', cadence: 'biweekly', perPeriod: 3 },
      ai: { level: 'advanced', generationsPerPeriod: 500 },
      support: 'priority_email',
      customBranding: false,
      apiAccess: false,
    },
    limits: { storageBytes: 25_000_000_000, contentLibraryItems: 500 },
  },
  {
    key: 'gold',
    name: 'Gold',
    pricing: { monthly: { amount: '1999.00' }, annual: { amount: '23988.00' } },
    features: {
      postsPerWeek: 20,
      platforms: { max: 6, allowed: 'all' },
      reports: { level: 'advanced', cadence: 'weekly', perPeriod: 5 },
      ai: { level: 'all', generationsPerPeriod: null },
      support: 'dedicated',
      customBranding: true,
      apiAccess: true,
    },
    limits: { storageBytes: 100_000_000_000, contentLibraryItems: null },
  },
];

describe('given an agency without tiers', () => {
  test('when it asks for the defaults, then they are exactly the published ones', async ({
    world,
  }) => {
    expect(await createDefaultTiers(world.at(START))).toMatchObject(DEFAULTS);
    expect(await listServiceTiers(world.at(START))).toMatchObject(DEFAULTS);
  });

  test('when it asks for them again, at once or after an edit, then nothing changes', async ({
    world,
  }) => {
    await Promise.all([1, 2, 3, 4].map(() => createDefaultTiers(world.at(START))));
    await publishTierVersion(world.at(START), { tierId: 'gold', features: { postsPerWeek: 30 } });
    const before = await listServiceTiers(world.at(START), { includeArchived: true });
    expect(await createDefaultTiers(world.at(START))).toEqual(before);
    expect(before).toHaveLength(3);
  });

  test('when it makes a tier with a name and a price, then the rest is plain and unmetered', async ({
    world,
  }) => {
    const tier = await createServiceTier(world.at(START), {
      name: 'Café Crème!',
      pricing: { monthly: '12.50' },
    });
    expect(tier).toEqual({
      id: expect.any(String),
      key: 'cafe-creme',
      name: 'Café Crème!',
      description: '',
      version: 1,
      isDefault: false,
      archivedAt: null,
      pricing: {
        monthly: { amount: '12.50', currency: 'USD' },
        annual: { amount: '150.00', currency: 'USD' },
      },
      features: {
        platforms: { max: null, allowed: 'all', perPlatform: {} },
        reports: { level: 'basic', cadence: 'monthly' },
        ai: { level: 'none' },
        support: 'email',
        customBranding: false,
        apiAccess: false,
      },
      limits: {},
      countBy: 'post',
      enforcement: 'hard',
    });
    expect(await getTier(world.at(START), { tierId: tier.id })).toEqual(tier);
    expect(await getTier(world.at(START), { tierId: 'cafe-creme' })).toEqual(tier);
  });

  test('when it names platforms in its own words, then they are kept in ours', async ({
    world,
  }) => {
    const tier = await createServiceTier(world.at(START), {
      name: 'Split',
      pricing: { monthly: 0 },
      features: {
        platforms: { allowed: ['Twitter', 'x', 'LinkedIn'], perPlatform: { TWITTER: 2 } },
      },
    });
    expect(tier.features.platforms).toEqual({
      max: null,
      allowed: ['x', 'linkedin'],
      perPlatform: { x: 2 },
    });
  });

  test('when a limit is null, 0 or left out, then the three stay apart', async ({ world }) => {
    await createServiceTier(world.at(START), {
      name: 'Apart',
      pricing: { monthly: 0 },
      features: { postsPerWeek: null, ai: { level: 'all', generationsPerPeriod: 0 } },
    });
    const { features } = await getTier(world.at(START), { tierId: 'apart' });
    expect(features.postsPerWeek).toBeNull();
    expect(features.ai.generationsPerPeriod).toBe(0);
    expect('perPeriod' in features.reports).toBe(false);
  });

  test.for([
    { why: 'a fraction of a post', input: { features: { postsPerWeek: 1.5 } } },
    { why: 'a negative limit', input: { limits: { storageBytes: -1 } } },
    { why: 'an unknown feature', input: { features: { postsPerMonth: 3 } } },
    {
      why: 'two currencies',
      input: { pricing: { monthly: 1, annual: { amount: 1, currency: 'EUR' } } },
    },
    { why: 'a price below zero', input: { pricing: { monthly: '-1' } } },
    { why: 'a year too dear to store', input: { pricing: { monthly: '92233720368547758.07' } } },
    { why: 'an empty name', input: { name: ' ' } },
    { why: 'a NUL byte', input: { description: 'a\u0000b' } },
    {
      why: 'a platform twice',
      input: { features: { platforms: { perPlatform: { x: 1, twitter: 2 } } } },
    },
  ])('when it makes a tier with $why, then it is refused', async ({ input }, { world }) => {
    const wanted = { name: 'Odd', pricing: { monthly: 1 }, ...input };
    await expect(createServiceTier(world.at(START), wanted)).rejects.toBeInstanceOf(Error);
    expect(await listServiceTiers(world.at(START))).toEqual([]);
  });
});

describe('given an agency with tiers', () => {
  test('when a name is used again in other letters, then it is a conflict that says so', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const wanted = { name: 'GOLD', pricing: { monthly: 1 } };
    await expect(createServiceTier(world.at(START), wanted)).rejects.toMatchObject({
      code: 'conflict',
      message: 'A tier is named Gold already. Names are unique.',
    });
  });

  test('when eight make a tier of one name at once, then one does', async ({ world }) => {
    const wanted = { name: 'Only', pricing: { monthly: 1 } };
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, () => createServiceTier(world.at(START), wanted)),
    );
    expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await listServiceTiers(world.at(START))).toHaveLength(1);
  });

  test('when names make the same key, then each gets its own', async ({ world }) => {
    const make = (name: string) =>
      createServiceTier(world.at(START), { name, pricing: { monthly: 1 } });
    const keys = [await make('Pro'), await make('Pro!'), await make('Pro?'), await make('日本')];
    expect(keys.map((tier) => tier.key)).toEqual(['pro', 'pro-2', 'pro-3', 'tier']);
  });

  test('when a version is published, then what it names changes and the one before stays', async ({
    world,
  }) => {
    await createDefaultTiers(world.at(START));
    const second = await publishTierVersion(world.at(START), {
      tierId: 'bronze',
      pricing: { monthly: 599 },
      features: { postsPerWeek: 6, platforms: { max: 3 } },
    });
    expect(second).toMatchObject({
      version: 2,
      pricing: { monthly: { amount: '599.00' }, annual: { amount: '7188.00' } },
      features: { postsPerWeek: 6, platforms: { max: 3, allowed: ['linkedin', 'x'] } },
    });
    expect(await getTier(world.at(START), { tierId: 'bronze', version: 1 })).toMatchObject({
      pricing: { monthly: { amount: '499.00' } },
      features: { postsPerWeek: 5 },
    });
    const again = await publishTierVersion(world.at(START), { tierId: 'bronze' });
    expect(again.version).toBe(2);
  });

  test('when a year has a price of its own, then a new month leaves it alone', async ({
    world,
  }) => {
    await createServiceTier(world.at(START), {
      name: 'Own',
      pricing: { monthly: 10, annual: 100 },
    });
    const next = await publishTierVersion(world.at(START), {
      tierId: 'own',
      pricing: { monthly: 11 },
    });
    expect(next.pricing.annual.amount).toBe('100.00');
  });

  test('when a version replaces the terms, then a limit can leave the tier', async ({ world }) => {
    await createDefaultTiers(world.at(START));
    const next = await publishTierVersion(world.at(START), {
      tierId: 'bronze',
      mode: 'replace',
      features: { postsPerWeek: 3 },
      limits: { storageBytes: 1 },
    });
    expect(next.limits).toEqual({ storageBytes: 1 });
    expect(next.features.reports).toEqual({ level: 'basic', cadence: 'monthly' });
  });

  test('when sixteen publish at once, then versions count up without a gap', async ({ world }) => {
    await createDefaultTiers(world.at(START));
    const published = await Promise.all(
      Array.from({ length: 16 }, (_, posts) =>
        publishTierVersion(world.at(START), {
          tierId: 'bronze',
          features: { postsPerWeek: 50 + posts },
        }),
      ),
    );
    expect(published.map((tier) => tier.version).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 2),
    );
  });

  test('when one is archived, then it leaves the list and takes no version', async ({ world }) => {
    await createDefaultTiers(world.at(START));
    const archived = await archiveTier(world.at(START), { tierId: 'gold' });
    expect(archived.archivedAt).toEqual(new Date(START));
    expect(await listServiceTiers(world.at(START))).toHaveLength(2);
    expect(await listServiceTiers(world.at(START), { includeArchived: true })).toHaveLength(3);
    await expect(
      publishTierVersion(world.at(START), { tierId: 'gold', features: { postsPerWeek: 1 } }),
    ).rejects.toMatchObject({ code: 'tier_archived' });
  });

  test('when a neighbour looks, then there is nothing', async ({ world }) => {
    const [bronze] = await createDefaultTiers(world.at(START));
    const neighbour = await world.neighbour();
    expect(await listServiceTiers(neighbour.at(START))).toEqual([]);
    for (const tierId of ['bronze', bronze?.id ?? '']) {
      await expect(getTier(neighbour.at(START), { tierId })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });
});
