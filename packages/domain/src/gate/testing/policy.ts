import type { CountBy, Enforcement, Limit, PlatformTerms } from '../../tiers/terms.ts';
import type { Policy, Segment } from '../policy.ts';

/** What a test says of a tier; the rest is a tier of all platforms that meters posts alone. */
export interface TermsWish {
  readonly posts?: Limit;
  readonly platforms?: PlatformTerms;
  readonly countBy?: CountBy;
  readonly enforcement?: Enforcement;
}

/** A tier version that is in force for all of time. */
export const SEGMENT: Segment = {
  from: -Infinity,
  to: Infinity,
  endedBy: undefined,
  tierId: 'tier',
  tierKey: 'tier',
  tierVersion: 1,
  terms: {
    features: {
      postsPerWeek: 10,
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
  },
  anchor: '2026-01-31',
  everyMonths: 1,
  trialEndsAt: undefined,
};

/** A client in UTC on a tier of these terms. */
export function policyOf(wish: TermsWish): Policy {
  const { posts, platforms, countBy = 'post', enforcement = 'hard' } = wish;
  const features = {
    ...SEGMENT.terms.features,
    postsPerWeek: posts,
    ...(platforms && { platforms }),
  };
  return {
    clientId: 'client',
    version: 1,
    epochs: [{ from: -Infinity, timeZone: 'UTC', weekStartsOn: 'monday' }],
    segments: [{ ...SEGMENT, terms: { ...SEGMENT.terms, features, countBy, enforcement } }],
    blocks: [],
    overrides: [],
    pastDueBlocks: false,
  };
}
