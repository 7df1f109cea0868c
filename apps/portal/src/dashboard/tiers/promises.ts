import type { AnswerOf } from '../../connection/wire.ts';
import type { Format } from '../../i18n/format.ts';
import { platformName } from '../client/platform-name.ts';
import type { PageMessages } from '../words/messages.ts';

/** A tier as the API tells it. */
export type Tier = AnswerOf<'serviceTiers.list'>['items'][number];

/** One thing that a tier promises. */
export interface Promised {
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

/** All that a tier promises, in the order in which people ask for it. */
export function promisesOf(tier: Tier, words: PageMessages, format: Format): Promised[] {
  const { features, limits, countBy, enforcement } = tier;
  const { tiers, usage } = words;
  const limit = (value: Limit): string => limitText(value, tiers, format);
  const yes = (is: boolean): string => (is ? tiers.yes : tiers.no);
  const { max, allowed, perPlatform } = features.platforms;
  const own = Object.entries(perPlatform).map(
    ([id, value]) => `${platformName(id)}: ${limit(value)}`,
  );
  return [
    { key: 'posts', name: tiers.posts, text: limit(features.postsPerWeek) },
    {
      key: 'platforms',
      name: tiers.platforms,
      text: [
        allowed === 'all' ? tiers.allPlatforms : format.list(allowed.map(platformName)),
        ...(max !== null && (allowed === 'all' || max < allowed.length) ? [tiers.atMost(max)] : []),
        ...own,
      ].join(' · '),
    },
    {
      key: 'reports',
      name: tiers.reports,
      text: [
        limit(features.reports.perPeriod),
        tiers.levels[features.reports.level],
        words.reports.cadences[features.reports.cadence],
      ].join(' · '),
    },
    {
      key: 'ai',
      name: usage.meters.ai_generations,
      text:
        features.ai.level === 'none'
          ? tiers.aiLevels.none
          : [limit(features.ai.generationsPerPeriod), tiers.aiLevels[features.ai.level]].join(
              ' · ',
            ),
    },
    {
      key: 'storage',
      name: usage.meters.storage_bytes,
      text: storageText(limits.storageBytes, tiers, format),
    },
    { key: 'library', name: usage.meters.library_items, text: limit(limits.contentLibraryItems) },
    { key: 'support', name: tiers.support, text: tiers.supports[features.support] },
    { key: 'branding', name: tiers.branding, text: yes(features.customBranding) },
    { key: 'api', name: tiers.api, text: yes(features.apiAccess) },
    { key: 'countBy', name: tiers.countBy, text: tiers.counts[countBy] },
    { key: 'enforcement', name: tiers.enforcement, text: tiers.enforcements[enforcement] },
  ];
}

type Limit = number | null | undefined;

function limitText(limit: Limit, tiers: PageMessages['tiers'], format: Format): string {
  if (limit === undefined) return tiers.notIn;
  if (limit === null) return tiers.unlimited;
  return limit === 0 ? tiers.none : format.count(limit);
}

function storageText(bytes: Limit, tiers: PageMessages['tiers'], format: Format): string {
  if (typeof bytes !== 'number' || bytes === 0) return limitText(bytes, tiers, format);
  const gigabytes = new Intl.NumberFormat(format.locale, {
    style: 'unit',
    unit: 'gigabyte',
    maximumFractionDigits: 1,
  });
  return gigabytes.format(bytes / 1e9);
}

/** What differs between two versions of a tier, price and all. */
export function differencesOf(
  before: Tier,
  after: Tier,
  { words, format }: { readonly words: PageMessages; readonly format: Format },
): {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}[] {
  const all = (tier: Tier): Promised[] => [
    { key: 'name', name: words.tiers.name, text: tier.name },
    { key: 'monthly', name: words.tiers.monthly, text: format.money(tier.pricing.monthly) },
    { key: 'annual', name: words.tiers.annual, text: format.money(tier.pricing.annual) },
    ...promisesOf(tier, words, format),
  ];
  const was = new Map(all(before).map((one) => [one.key, one.text]));
  return all(after).flatMap(({ key, name, text }) => {
    const old = was.get(key) ?? '';
    return old === text ? [] : [{ key, name, before: old, after: text }];
  });
}
