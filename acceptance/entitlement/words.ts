import { isFields, oneOf, textOf, type Fields, type OneOf } from '../compare.ts';

/** A meter under its name in the product, and how many of its units make one of the case file's. */
export interface Meter {
  readonly name: string;
  readonly factor: number;
}

const FEATURES: Readonly<Record<string, Meter>> = {
  posts: { name: 'posts', factor: 1 },
  reports: { name: 'reports', factor: 1 },
  ai_generations: { name: 'ai_generations', factor: 1 },
  storage_mb: { name: 'storage_bytes', factor: 1_000_000 },
  library_items: { name: 'library_items', factor: 1 },
};

/** The meter of a feature; one that neither side knows is sent on as it is, for the product to refuse. */
export function meterOf(feature: unknown): Meter {
  if (feature === undefined) return { name: 'posts', factor: 1 };
  const name = textOf(feature);
  return Object.hasOwn(FEATURES, name)
    ? (FEATURES[name] ?? { name, factor: 1 })
    : { name, factor: 1 };
}

/** The case file's name of a meter. */
export function featureOf(meter: unknown): unknown {
  return Object.keys(FEATURES).find((feature) => FEATURES[feature]?.name === meter) ?? meter;
}

/** A quantity of the case file in the product's unit; what is no number goes on as it is. */
export function toUnits(quantity: unknown, meter: Meter): unknown {
  if (typeof quantity !== 'number' || meter.factor === 1) return quantity;
  return Math.round(quantity * meter.factor);
}

/** A quantity of the product in the case file's unit. */
export function fromUnits(quantity: unknown, meter: Meter): unknown {
  return typeof quantity === 'number' ? quantity / meter.factor : quantity;
}

/** Codes that a case file may spell after its own words. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  unknown_meter: ['unknown_feature'],
  not_in_tier: ['feature_not_in_tier'],
  invalid_quantity: ['invalid_qty'],
  invalid_time_zone: ['invalid_timezone'],
};

/** A code of the product in the words of the case file. */
export function reasonWord(code: unknown): unknown {
  if (typeof code !== 'string' || !Object.hasOwn(SPELLINGS, code)) return code;
  return oneOf(code, ...(SPELLINGS[code] ?? []));
}

/** How a case may call a command that was refused. */
export const REFUSED: OneOf = oneOf('rejected', 'error');
/** How a case may call a command that found nothing to change. */
export const UNCHANGED: OneOf = oneOf('applied', 'unchanged', 'no_change');

const INTERVALS: Readonly<Record<string, string>> = { 1: 'monthly', 3: 'quarterly', 12: 'annual' };

/** The billing interval of a number of months. */
export function intervalOf(everyMonths: unknown): string | undefined {
  if (everyMonths === undefined) return undefined;
  const interval = INTERVALS[textOf(everyMonths)];
  if (interval === undefined)
    throw new Error(`everyMonths: ${textOf(everyMonths)} is no billing interval`);
  return interval;
}

const EFFECTIVE: Readonly<Record<string, string>> = {
  immediate: 'now',
  end_of_period: 'period_end',
};

/** When a change or a cancellation is asked to take effect; nothing leaves it to the product. */
export function effectiveOf(mode: unknown): string | undefined {
  if (mode === undefined) return undefined;
  const effective = EFFECTIVE[textOf(mode)];
  if (effective === undefined)
    throw new Error(`mode: ${textOf(mode)} is not a mode this adapter knows`);
  return effective;
}

/** The date that a clock on the wall of a time zone shows at an instant. */
export function localDate(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(
    new Date(instant),
  );
}

/** Fields that tell a reader something and ask nothing of the product. */
const REMARKS: readonly string[] = ['note', 'comment', 'why', 'by', 'actor'];

/** Throws when an object asks for something that the adapter would silently leave out. */
export function requireKnown(where: string, fields: Fields, known: readonly string[]): void {
  const unknown = Object.keys(fields).filter(
    (key) => !known.includes(key) && !REMARKS.includes(key),
  );
  if (unknown.length === 0) return;
  throw new Error(`${where}: ${unknown.join(', ')}: this adapter knows ${known.join(', ')}`);
}

const TIER_FIELDS = [
  'posts',
  'platforms',
  'posts_per_platform',
  'reports',
  'ai_generations',
  'storage_mb',
  'library_items',
  'countBy',
  'enforcement',
];

/** A catalog entry as the body that creates it or publishes it. A feature that is not there is left out: not in the tier. */
export function termsBody(terms: Fields, price: string): Fields {
  requireKnown('tier', terms, TIER_FIELDS);
  const {
    posts,
    platforms,
    reports,
    ai_generations: ai,
    storage_mb: storage,
    library_items: items,
  } = terms;
  return {
    pricing: { monthly: { amount: price, currency: 'USD' } },
    features: {
      ...named('postsPerWeek', posts),
      platforms: {
        max: null,
        allowed: platforms ?? 'all',
        perPlatform: terms['posts_per_platform'] ?? {},
      },
      reports: { level: 'basic', cadence: 'monthly', ...named('perPeriod', reports) },
      ai: { level: 'basic', ...named('generationsPerPeriod', ai) },
      support: 'email',
      customBranding: false,
      apiAccess: false,
    },
    ...named('countBy', terms['countBy']),
    ...named('enforcement', terms['enforcement']),
    limits: {
      ...named('storageBytes', toUnits(storage, meterOf('storage_mb'))),
      ...named('contentLibraryItems', items),
    },
  };
}

/** A monthly price by which a tier with more posts a week is the higher one. */
export function priceOf(terms: Fields): string {
  const posts = terms['posts'];
  if (posts === undefined || posts === null) return posts === null ? '100000.00' : '50.00';
  return `${(Number(posts) + 1) * 100}.00`;
}

/** A value by name, or nothing at all when there is none. */
export function named(name: string, value: unknown): Fields {
  return value === undefined ? {} : { [name]: value };
}

/** The object at a name of an answer; empty when there is none. */
export function fieldsAt(from: Fields, name: string): Fields {
  const value = from[name];
  return isFields(value) ? value : {};
}

/** The list of objects at a name of an answer; empty when there is none. */
export function listAt(from: Fields, name: string): readonly Fields[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
