import type { InputOf } from '../../connection/wire.ts';
import type { FieldSpec } from '../forms/field.ts';
import { ENDLESS } from '../forms/wrong-fields.ts';
import { decimalOf } from '../forms/numbers.ts';
import type { PageMessages } from '../words/messages.ts';
import type { Tier } from './promises.ts';

type Values = Readonly<Record<string, string | boolean>>;
type Wanted = Omit<InputOf<'serviceTiers.create'>, 'agencyWorkspaceId'>;

const GIGABYTE = 1e9;
const REPORT_LEVELS = ['basic', 'standard', 'advanced'] as const;
const CADENCES = ['monthly', 'biweekly', 'weekly'] as const;
const AI_LEVELS = ['none', 'basic', 'advanced', 'all'] as const;
const SUPPORTS = ['email', 'priority_email', 'dedicated'] as const;

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

/** The fields of a tier. */
export function tierFields(
  { tiers, usage, reports }: PageMessages,
  currency: string,
): readonly FieldSpec[] {
  const limit = { kind: 'number', hint: tiers.limitHint } as const;
  const choices = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
    values.map((value) => ({ value, label: names[value] }));
  return [
    { name: 'name', label: tiers.name, kind: 'text', isRequired: true },
    {
      name: 'monthly',
      path: 'pricing.monthly',
      label: tiers.monthly,
      kind: 'money',
      unit: currency,
      isRequired: true,
    },
    {
      name: 'annual',
      path: 'pricing.annual',
      label: tiers.annual,
      kind: 'money',
      unit: currency,
      hint: tiers.annualHint,
    },
    { name: 'description', label: tiers.description, kind: 'note' },
    { name: 'posts', path: 'features.postsPerWeek', label: tiers.posts, ...limit },
    {
      name: 'allowed',
      path: 'features.platforms.allowed',
      label: tiers.platforms,
      kind: 'text',
      hint: tiers.allowedHint,
    },
    { name: 'max', path: 'features.platforms.max', label: tiers.max, ...limit },
    {
      name: 'perPlatform',
      path: 'features.platforms.perPlatform',
      label: tiers.perPlatform,
      kind: 'text',
      hint: tiers.perPlatformHint,
    },
    { name: 'reports', path: 'features.reports.perPeriod', label: tiers.reports, ...limit },
    {
      name: 'reportLevel',
      path: 'features.reports.level',
      label: tiers.reportLevel,
      kind: 'select',
      choices: choices(REPORT_LEVELS, tiers.levels),
    },
    {
      name: 'cadence',
      path: 'features.reports.cadence',
      label: tiers.cadence,
      kind: 'select',
      choices: choices(CADENCES, reports.cadences),
    },
    {
      name: 'aiLevel',
      path: 'features.ai.level',
      label: tiers.aiLevel,
      kind: 'select',
      choices: choices(AI_LEVELS, tiers.aiLevels),
    },
    {
      name: 'generations',
      path: 'features.ai.generationsPerPeriod',
      label: usage.meters.ai_generations,
      ...limit,
    },
    {
      name: 'storage',
      path: 'limits.storageBytes',
      label: usage.meters.storage_bytes,
      ...limit,
      unit: 'GB',
    },
    {
      name: 'library',
      path: 'limits.contentLibraryItems',
      label: usage.meters.library_items,
      ...limit,
    },
    {
      name: 'support',
      path: 'features.support',
      label: tiers.support,
      kind: 'select',
      choices: choices(SUPPORTS, tiers.supports),
    },
    {
      name: 'countBy',
      label: tiers.countBy,
      kind: 'select',
      choices: choices(['post', 'channel'] as const, tiers.counts),
    },
    {
      name: 'enforcement',
      label: tiers.enforcement,
      kind: 'select',
      choices: choices(['hard', 'soft'] as const, tiers.enforcements),
    },
    { name: 'customBranding', label: tiers.branding, kind: 'check' },
    { name: 'apiAccess', label: tiers.api, kind: 'check' },
  ];
}

/** A tier as the API takes it. A limit that nothing is filled in for is not in the tier. */
export function tierOf(values: Values, locale: string): Wanted {
  const text = (name: string): string => String(values[name] ?? '').trim();
  const decimal = (name: string): string => decimalOf(text(name), locale);
  const limit = (name: string, unit = 1): number | null | undefined =>
    limitOf(text(name), locale, unit);
  const postsPerWeek = limit('posts');
  const perPeriod = limit('reports');
  const generations = limit('generations');
  const storageBytes = limit('storage', GIGABYTE);
  const items = limit('library');
  return {
    name: text('name'),
    description: text('description'),
    pricing: {
      monthly: decimal('monthly'),
      ...(text('annual') !== '' && { annual: decimal('annual') }),
    },
    features: {
      ...(postsPerWeek !== undefined && { postsPerWeek }),
      platforms: {
        allowed: text('allowed') === '' ? 'all' : listOf(text('allowed')),
        max: limit('max') ?? null,
        perPlatform: limitsOf(text('perPlatform'), locale),
      },
      reports: {
        level: REPORT_LEVELS.find((one) => one === values['reportLevel']) ?? 'basic',
        cadence: CADENCES.find((one) => one === values['cadence']) ?? 'monthly',
        ...(perPeriod !== undefined && { perPeriod }),
      },
      ai: {
        level: AI_LEVELS.find((one) => one === values['aiLevel']) ?? 'none',
        ...(generations !== undefined && { generationsPerPeriod: generations }),
      },
      support: SUPPORTS.find((one) => one === values['support']) ?? 'email',
      customBranding: values['customBranding'] === true,
      apiAccess: values['apiAccess'] === true,
    },
    limits: {
      ...(storageBytes !== undefined && { storageBytes }),
      ...(items !== undefined && { contentLibraryItems: items }),
    },
    countBy: values['countBy'] === 'channel' ? 'channel' : 'post',
    enforcement: values['enforcement'] === 'soft' ? 'soft' : 'hard',
  };
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
