import { canonicalPlatform, type TierFeatures, type TierLimits } from '@retainer/domain';
import * as z from 'zod';

import { LimitValue, Name, Note } from '../tenancy/input-fields.ts';
import { MoneyInput } from '../tenancy/money-input.ts';

/** A network's own id in small letters. */
export const PlatformId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_.:-]{0,63}$/u, 'is not the id of a platform, such as linkedin')
  .transform(canonicalPlatform);

const MOST_PLATFORMS = 100;

const PlatformList = z
  .array(PlatformId)
  .max(MOST_PLATFORMS)
  .transform((ids) => [...new Set(ids)]);

const PerPlatform = z
  .record(z.string().max(64), LimitValue)
  .transform((limits) => Object.entries(limits))
  .pipe(z.array(z.tuple([PlatformId, LimitValue])).max(MOST_PLATFORMS))
  .refine((entries) => new Set(entries.map(([id]) => id)).size === entries.length, {
    error: 'names a platform twice',
  })
  .transform((entries): Record<string, number | null> => Object.fromEntries(entries));

/** What a caller may say of a tier's features; what is left out takes its default, or stays as it was. */
export const FeaturesInput = z.strictObject({
  postsPerWeek: LimitValue.optional(),
  platforms: z
    .strictObject({
      max: LimitValue.optional(),
      allowed: z.union([z.literal('all'), PlatformList]).optional(),
      perPlatform: PerPlatform.optional(),
    })
    .optional(),
  reports: z
    .strictObject({
      level: z.enum(['basic', 'standard', 'advanced']).optional(),
      cadence: z.enum(['monthly', 'biweekly', 'weekly']).optional(),
      perPeriod: LimitValue.optional(),
    })
    .optional(),
  ai: z
    .strictObject({
      level: z.enum(['none', 'basic', 'advanced', 'all']).optional(),
      generationsPerPeriod: LimitValue.optional(),
    })
    .optional(),
  support: z.enum(['email', 'priority_email', 'dedicated']).optional(),
  customBranding: z.boolean().optional(),
  apiAccess: z.boolean().optional(),
});
export type FeaturesInput = z.output<typeof FeaturesInput>;

/** The levels a tier caps. */
export const LimitsInput = z.strictObject({
  storageBytes: LimitValue.optional(),
  contentLibraryItems: LimitValue.optional(),
});
export type LimitsInput = z.output<typeof LimitsInput>;

/** A tier's fields that every edition has. */
export const TIER_FIELDS = {
  name: Name,
  description: Note.optional(),
  features: FeaturesInput.optional(),
  limits: LimitsInput.optional(),
  countBy: z.enum(['post', 'channel']).optional(),
  enforcement: z.enum(['hard', 'soft']).optional(),
} as const;

/** What a tier costs. */
export const PRICING_FIELDS = { monthly: MoneyInput, annual: MoneyInput.optional() } as const;

/** A tier by its uuid or by its key in the agency. */
export const TierReference = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/u, 'is no id or key of a tier');

/** What a tier is of which nothing is said: all platforms, nothing metered. */
export const PLAIN_FEATURES: TierFeatures = {
  platforms: { max: null, allowed: 'all', perPlatform: {} },
  reports: { level: 'basic', cadence: 'monthly' },
  ai: { level: 'none' },
  support: 'email',
  customBranding: false,
  apiAccess: false,
};

/** `base` with what the input names put over it. */
export function mergeFeatures(base: TierFeatures, input: FeaturesInput = {}): TierFeatures {
  const { platforms, reports, ai, ...rest } = input;
  return {
    ...base,
    ...given(rest),
    platforms: { ...base.platforms, ...given(platforms) },
    reports: { ...base.reports, ...given(reports) },
    ai: { ...base.ai, ...given(ai) },
  };
}

/** `base` with the levels that the input names put over it. */
export function mergeLimits(base: TierLimits, input: LimitsInput = {}): TierLimits {
  return { ...base, ...given(input) };
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Zod leaves an absent key out; an `undefined` from a typed caller must not hide what was there. */
function given<T extends object>(part: T | undefined): Partial<Given<T>> {
  const entries = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of T, none of them undefined
  return Object.fromEntries(entries) as Partial<Given<T>>;
}
