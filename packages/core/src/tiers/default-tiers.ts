import type { TierFeatures, TierLimits } from '@retainer/domain';

/** A tier that every agency may start with. */
export interface DefaultTier {
  readonly key: 'bronze' | 'silver' | 'gold';
  readonly name: string;
  readonly description: string;
  readonly monthlyMinor: bigint;
  readonly features: TierFeatures;
  readonly limits: TierLimits;
}

/** The currency of the default prices. Pinned by contract wording, as are all figures below. */
export const DEFAULT_TIER_CURRENCY = 'USD';

const GB = 1_000_000_000;

/** Bronze, Silver and Gold, the smallest first. */
export const DEFAULT_TIERS: readonly DefaultTier[] = [
  {
    key: 'bronze',
    name: 'Bronze',
    description: 'Five posts a week on LinkedIn and X, with a basic report each month.',
    monthlyMinor: 499_00n,
    features: {
      postsPerWeek: 5,
      platforms: { max: 2, allowed: ['linkedin', 'x'], perPlatform: {} },
      reports: { level: 'basic', cadence: 'monthly', perPeriod: 1 },
      ai: { level: 'basic', generationsPerPeriod: 100 },
      support: 'email',
      customBranding: false,
      apiAccess: false,
    },
    limits: { storageBytes: 5 * GB, contentLibraryItems: 100 },
  },
  {
    key: 'silver',
    name: 'Silver',
    description: 'Ten posts a week on four platforms, with a standard report every two weeks.',
    monthlyMinor: 999_00n,
    features: {
      postsPerWeek: 10,
      platforms: { max: 4, allowed: ['linkedin', 'x', 'facebook', 'instagram'], perPlatform: {} },
      reports: { level: 'standard', cadence: 'biweekly', perPeriod: 3 },
      ai: { level: 'advanced', generationsPerPeriod: 500 },
      support: 'priority_email',
      customBranding: false,
      apiAccess: false,
    },
    limits: { storageBytes: 25 * GB, contentLibraryItems: 500 },
  },
  {
    key: 'gold',
    name: 'Gold',
    description: 'Twenty posts a week on any six platforms, with an advanced report every week.',
    monthlyMinor: 1_999_00n,
    features: {
      postsPerWeek: 20,
      platforms: { max: 6, allowed: 'all', perPlatform: {} },
      reports: { level: 'advanced', cadence: 'weekly', perPeriod: 5 },
      ai: { level: 'all', generationsPerPeriod: null },
      support: 'dedicated',
      customBranding: true,
      apiAccess: true,
    },
    limits: { storageBytes: 100 * GB, contentLibraryItems: null },
  },
];
