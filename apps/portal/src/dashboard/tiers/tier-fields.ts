import type { FieldSpec } from '../forms/field.ts';
import type { PageMessages } from '../words/messages.ts';
import { AI_LEVELS, CADENCES, REPORT_LEVELS, SUPPORTS } from './tier-values.ts';

/** The fields of a tier. */
export function tierFields(words: PageMessages, currency: string): readonly FieldSpec[] {
  return [...soldFields(words, currency), ...reportFields(words), ...serviceFields(words)];
}

function soldFields({ tiers }: PageMessages, currency: string): readonly FieldSpec[] {
  const limit = { kind: 'number', hint: tiers.limitHint } as const;
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
  ];
}

function reportFields({ tiers, usage, reports }: PageMessages): readonly FieldSpec[] {
  const limit = { kind: 'number', hint: tiers.limitHint } as const;
  return [
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
  ];
}

function serviceFields({ tiers, usage }: PageMessages): readonly FieldSpec[] {
  const limit = { kind: 'number', hint: tiers.limitHint } as const;
  return [
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

function choices<T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) {
  return values.map((value) => ({ value, label: names[value] }));
}
