import { describe, expect, test } from 'vitest';

import type { Tier } from './promises.ts';
import { tierOf, valuesOf } from './tier-values.ts';

const silver: Tier = {
  id: '0b9f7c1e-1111-4111-8111-111111111111',
  key: 'silver',
  name: 'Silver',
  description: 'Ten posts a week.',
  version: 3,
  isDefault: true,
  archivedAt: null,
  pricing: {
    monthly: { amount: '999.00', currency: 'USD' },
    annual: { amount: '9999.00', currency: 'USD' },
  },
  features: {
    postsPerWeek: 10,
    platforms: { max: 4, allowed: ['linkedin', 'x'], perPlatform: { x: 3, linkedin: null } },
    reports: { level: 'standard', cadence: 'biweekly', perPeriod: 3 },
    ai: { level: 'advanced', generationsPerPeriod: null },
    support: 'priority_email',
    customBranding: true,
    apiAccess: false,
  },
  limits: { storageBytes: 2_500_000_000 },
  countBy: 'channel',
  enforcement: 'soft',
};

describe('given a tier in its form', () => {
  test.each(['en', 'de', 'ar'])(
    'when nothing is changed in %s, then the API is told the tier as it is',
    (locale) => {
      const { name, description, features, limits, countBy, enforcement } = silver;
      expect(tierOf(valuesOf(silver), locale)).toEqual({
        name,
        description,
        pricing: { monthly: '999.00', annual: '9999.00' },
        features,
        limits,
        countBy,
        enforcement,
      });
    },
  );

  test('when the annual price is twelve months, then it is left to the API', () => {
    const annual = { amount: '11988.00', currency: 'USD' };
    const values = valuesOf({ ...silver, pricing: { ...silver.pricing, annual } });
    expect(tierOf(values, 'en').pricing).toEqual({ monthly: '999.00' });
  });

  test('when a limit is emptied, made endless or nonsense, then that is what the API is told', () => {
    const values = { ...valuesOf(silver), posts: '', storage: '∞', library: 'many', allowed: '' };
    const { features, limits } = tierOf(values, 'en');
    expect(features).not.toHaveProperty('postsPerWeek');
    expect(features).toMatchObject({ platforms: { allowed: 'all' } });
    expect(limits).toEqual({ storageBytes: null, contentLibraryItems: Number.NaN });
  });
});
