/** What may be limited, and by what kind of span. */
export type Meter = 'posts' | 'ai_generations' | 'reports' | 'storage_bytes' | 'library_items';

/** Every meter, in the order people see them. */
export const METERS: readonly Meter[] = [
  'posts',
  'ai_generations',
  'reports',
  'storage_bytes',
  'library_items',
];

/** `week` and `billing` meters count within a window; a `level` has none and is never reset. */
export type MeterSpan = 'week' | 'billing' | 'level';

const SPANS: Readonly<Record<Meter, MeterSpan>> = {
  posts: 'week',
  ai_generations: 'billing',
  reports: 'billing',
  storage_bytes: 'level',
  library_items: 'level',
};

/** The kind of span a meter is counted over. */
export function spanOf(meter: Meter): MeterSpan {
  return SPANS[meter];
}

/** Whether `name` is one of our meters. */
export function isMeter(name: string): name is Meter {
  return Object.hasOwn(SPANS, name);
}

/** `null` is unlimited, `0` is none. A limit that is absent is not in the tier at all. */
export type Limit = number | null;

/** What a fan-out to several channels counts as: one post, or one for each channel. */
export type CountBy = 'post' | 'channel';

/** `soft` turns a limit's denial into a warning and records the overage. */
export type Enforcement = 'hard' | 'soft';

/** Which networks a tier covers. */
export interface PlatformTerms {
  /** The most distinct platforms in one week; `null` is any number. */
  readonly max: Limit;
  readonly allowed: readonly string[] | 'all';
  /** Sub-limits of posts a week on one platform. */
  readonly perPlatform: Readonly<Record<string, Limit>>;
}

export type ReportLevel = 'basic' | 'standard' | 'advanced';
export type ReportCadence = 'monthly' | 'biweekly' | 'weekly';
export type AiLevel = 'none' | 'basic' | 'advanced' | 'all';
export type SupportLevel = 'email' | 'priority_email' | 'dedicated';

/** The features of a tier, as agencies write and clients read them. A count left out is not in the tier. */
export interface TierFeatures {
  readonly postsPerWeek?: Limit | undefined;
  readonly platforms: PlatformTerms;
  readonly reports: {
    readonly level: ReportLevel;
    readonly cadence: ReportCadence;
    readonly perPeriod?: Limit | undefined;
  };
  readonly ai: { readonly level: AiLevel; readonly generationsPerPeriod?: Limit | undefined };
  readonly support: SupportLevel;
  readonly customBranding: boolean;
  readonly apiAccess: boolean;
}

/** The levels a tier caps. */
export interface TierLimits {
  readonly storageBytes?: Limit | undefined;
  readonly contentLibraryItems?: Limit | undefined;
}

/** What one published version of a tier promises. */
export interface TierTerms {
  readonly features: TierFeatures;
  readonly limits: TierLimits;
  readonly countBy: CountBy;
  readonly enforcement: Enforcement;
}

/** The limit a tier sets on a meter; `undefined` when the meter is not in the tier. */
export function limitOf(terms: TierTerms, meter: Meter): Limit | undefined {
  switch (meter) {
    case 'posts':
      return terms.features.postsPerWeek;
    case 'ai_generations':
      return terms.features.ai.generationsPerPeriod;
    case 'reports':
      return terms.features.reports.perPeriod;
    case 'storage_bytes':
      return terms.limits.storageBytes;
    case 'library_items':
      return terms.limits.contentLibraryItems;
  }
}
