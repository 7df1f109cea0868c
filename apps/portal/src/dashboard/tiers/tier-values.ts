import type { InputOf } from '../../connection/wire.ts';
import { decimalOf } from '../forms/numbers.ts';
import { ENDLESS } from '../forms/wrong-fields.ts';
import type { Tier } from './promises.ts';

type Values = Readonly<Record<string, string | boolean>>;
type Wanted = Omit<InputOf<'serviceTiers.create'>, 'agencyWorkspaceId'>;

const GIGABYTE = 1e9;
export const REPORT_LEVELS = ['basic', 'standard', 'advanced'] as const;
export const CADENCES = ['monthly', 'biweekly', 'weekly'] as const;
export const AI_LEVELS = ['none', 'basic', 'advanced', 'all'] as const;
export const SUPPORTS = ['email', 'priority_email', 'dedicated'] as const;

/** What a tier's form begins with: the tier as it is, or a plain new one. */
export function valuesOf(tier: Tier | undefined): Values {
  if (!tier) return PLAIN;
  const { name, description, pricing, features, limits, countBy, enforcement } = tier;
  const { platforms, reports, ai } = features;
  const storage = limits.storageBytes;
  const isTwelve = Number(pricing.annual.amount) === Number(pricing.monthly.amount) * 12;
  return {
    name,
    description,
    monthly: pricing.monthly.amount,
    annual: isTwelve ? '' : pricing.annual.amount,
    posts: limitText(features.postsPerWeek),
    allowed: platforms.allowed === 'all' ? '' : platforms.allowed.join(', '),
    max: limitText(platforms.max),
    perPlatform: Object.entries(platforms.perPlatform)
      .map(([id, limit]) => `${id}: ${limit ?? ENDLESS}`)
      .join(', '),
    reports: limitText(reports.perPeriod),
    reportLevel: reports.level,
    cadence: reports.cadence,
    aiLevel: ai.level,
    generations: limitText(ai.generationsPerPeriod),
    storage: typeof storage === 'number' ? String(storage / GIGABYTE) : limitText(storage),
    library: limitText(limits.contentLibraryItems),
    support: features.support,
    customBranding: features.customBranding,
    apiAccess: features.apiAccess,
    countBy,
    enforcement,
  };
}

const PLAIN: Values = {
  name: '',
  description: '',
  monthly: '',
  annual: '',
  posts: '10',
  allowed: '',
  max: ENDLESS,
  perPlatform: '',
  reports: '1',
  reportLevel: 'basic',
  cadence: 'monthly',
  aiLevel: 'none',
  generations: '',
  storage: '5',
  library: '100',
  support: 'email',
  customBranding: false,
  apiAccess: false,
  countBy: 'post',
  enforcement: 'hard',
};

/** A tier as the API takes it. A limit that nothing is filled in for is not in the tier. */
export function tierOf(values: Values, locale: string): Wanted {
  const reader = readerOf(values, locale);
  const { text, decimal, limit } = reader;
  const annual = text('annual');
  return {
    name: text('name'),
    description: text('description'),
    pricing: { monthly: decimal('monthly'), ...(annual !== '' && { annual: decimal('annual') }) },
    features: featuresOf(values, reader),
    limits: {
      ...told({ storageBytes: limit('storage', GIGABYTE), contentLibraryItems: limit('library') }),
    },
    countBy: values['countBy'] === 'channel' ? 'channel' : 'post',
    enforcement: values['enforcement'] === 'soft' ? 'soft' : 'hard',
  };
}

interface Reader {
  readonly text: (name: string) => string;
  readonly decimal: (name: string) => string;
  readonly limit: (name: string, unit?: number) => number | null | undefined;
  readonly locale: string;
}

function readerOf(values: Values, locale: string): Reader {
  const text = (name: string): string => String(values[name] ?? '').trim();
  return {
    text,
    decimal: (name) => decimalOf(text(name), locale),
    limit: (name, unit = 1) => limitOf(text(name), locale, unit),
    locale,
  };
}

function featuresOf(
  values: Values,
  { text, limit, locale }: Reader,
): NonNullable<Wanted['features']> {
  return {
    ...told({ postsPerWeek: limit('posts') }),
    platforms: {
      allowed: text('allowed') === '' ? 'all' : listOf(text('allowed')),
      max: limit('max') ?? null,
      perPlatform: limitsOf(text('perPlatform'), locale),
    },
    reports: {
      level: oneOf(REPORT_LEVELS, values['reportLevel']),
      cadence: oneOf(CADENCES, values['cadence']),
      ...told({ perPeriod: limit('reports') }),
    },
    ai: {
      level: oneOf(AI_LEVELS, values['aiLevel']),
      ...told({ generationsPerPeriod: limit('generations') }),
    },
    support: oneOf(SUPPORTS, values['support']),
    customBranding: values['customBranding'] === true,
    apiAccess: values['apiAccess'] === true,
  };
}

/** The one that was chosen, or the first. */
function oneOf<T extends string>(
  all: readonly [T, ...T[]],
  value: string | boolean | undefined,
): T {
  return all.find((one) => one === value) ?? all[0];
}

/** Without the limits that are not in the tier. */
function told<TName extends string>(
  limits: Readonly<Record<TName, number | null | undefined>>,
): Partial<Record<TName, number | null>> {
  const entries = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names without the undefined
  return Object.fromEntries(entries) as Partial<Record<TName, number | null>>;
}

function limitText(limit: number | null | undefined): string {
  if (limit === undefined) return '';
  return limit === null ? ENDLESS : String(limit);
}

function limitOf(text: string, locale: string, unit: number): number | null | undefined {
  if (text === '') return undefined;
  if (text === ENDLESS) return null;
  const value = Number(decimalOf(text, locale));
  return unit === 1 ? value : Math.round(value * unit);
}

function listOf(text: string): string[] {
  return text
    .split(/[,;\s]+/u)
    .map((one) => one.trim())
    .filter(Boolean);
}

function limitsOf(text: string, locale: string): Record<string, number | null> {
  const pairs = text
    .split(/[,;]+/u)
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [id = '', limit = ''] = one.split(/[:=]/u).map((part) => part.trim());
      return [id, limitOf(limit, locale, 1) ?? null] as const;
    });
  return Object.fromEntries(pairs);
}
