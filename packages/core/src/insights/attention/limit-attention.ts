import {
  calendarDateOf,
  fraction,
  isRunOutNear,
  limitAt,
  segmentAt,
  type Meter,
} from '@retainer/domain';

import { askedLines } from '../asked-lines.ts';
import type { NotedHoldRow } from '../counters.queries.ts';
import { readGrowth, type OpenCounters } from '../open-counters.ts';
import { allowancesOf, LEVEL_MS, type Allowance, type Gauge } from '../run-outs.ts';
import { openWindow, type ServedClient, type Service } from '../served-clients.ts';
import type { AttentionItem } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { count, date, metered } from './measures.ts';
import { about } from './tier-attention.ts';

const METER_NAMES: Readonly<Record<Meter, string>> = {
  posts: 'posts',
  ai_generations: 'AI generations',
  reports: 'reports',
  storage_bytes: 'bytes of storage',
  library_items: 'library items',
};

/** Which allowances run out, where limits are passed, and what was denied or never asked, this week and later. */
export function limitAttention(
  { service, taken }: Pick<AttentionWorld, 'service' | 'taken'>,
  counters: OpenCounters,
  allowances: readonly Allowance[],
): AttentionItem[] {
  const { now } = service;
  return [
    ...notedItems(service, (id) => taken(id).denied, 'posts_denied'),
    ...notedItems(service, (id) => taken(id).unchecked, 'over_limit_unchecked'),
    ...overItems(allowances),
    ...overOnPlatforms(service, counters),
    ...allowances.flatMap((one) => runOutItem(one, now)),
  ];
}

/**
 * When what clients may take runs out. The growth of levels is read for those alone that could run out within the days
 * it is told from: a level below half its limit cannot.
 */
export async function readAllowances(
  service: Service,
  gauges: readonly Gauge[],
): Promise<Allowance[]> {
  const isHigh = ({ window, limit, taken }: Gauge): boolean =>
    window.end === Infinity && limit !== null && limit > 0 && taken * 2 >= limit;
  const ids = [...new Set(gauges.filter(isHigh).map(({ client }) => client.id))];
  const growthOf = await readGrowth(service, service.now - LEVEL_MS, ids);
  return allowancesOf(gauges, service.now, growthOf);
}

function overItems(gauges: readonly Gauge[]): AttentionItem[] {
  return gauges.flatMap(({ client, meter, limit, taken }) =>
    limit !== null && taken > limit
      ? [overItem(client, { meter, platform: '', limit, taken })]
      : [],
  );
}

/** The same of sub-limits, which few clients have. */
function overOnPlatforms({ now, clients }: Service, { takenOn }: OpenCounters): AttentionItem[] {
  return clients.flatMap((client) => {
    const { policy } = client;
    const { perPlatform = {} } = segmentAt(policy, now)?.terms.features.platforms ?? {};
    const platforms = new Set([
      ...Object.keys(perPlatform),
      ...policy.overrides.map(({ platform }) => platform).filter(Boolean),
    ]);
    return [...platforms].flatMap((platform) => {
      const limit = limitAt(policy, { meter: 'posts', platform }, now);
      const taken = takenOn(client, platform);
      if (typeof limit !== 'number' || taken <= limit) return [];
      return [overItem(client, { meter: 'posts', platform, limit, taken })];
    });
  });
}

function overItem(
  client: ServedClient,
  of: {
    readonly meter: Meter;
    readonly platform: string;
    readonly limit: number;
    readonly taken: number;
  },
): AttentionItem {
  const { meter, platform, limit, taken } = of;
  const name = `${METER_NAMES[meter]}${platform && ` on ${platform}`}`;
  return {
    ...about(client),
    part: platform ? `${meter} ${platform}` : meter,
    code: 'over_limit',
    weight: fraction(BigInt(taken - limit), BigInt(Math.max(limit, 1))),
    meter,
    tell: () => ({
      figure: metered(meter, taken),
      comparedWith: metered(meter, limit),
      message: `${taken} ${name} are taken of a limit of ${limit}.`,
    }),
  };
}

function runOutItem(
  { client, meter, limit, window, found }: Allowance,
  now: number,
): AttentionItem[] {
  if (found.at === null || !isRunOutNear(found, { window, now })) return [];
  const { epochs } = client.policy;
  const { at } = found;
  const end = Number.isFinite(window.end) ? window.end : now + LEVEL_MS;
  const start = Number.isFinite(window.start) ? window.start : now;
  const isLevel = !Number.isFinite(window.end);
  return [
    {
      ...about(client),
      part: meter,
      code: 'runs_out',
      weight: fraction(BigInt(end - at), BigInt(end - start)),
      meter,
      tell: () => {
        const day = calendarDateOf(epochs, at);
        const reset = isLevel ? undefined : calendarDateOf(epochs, window.end);
        const resets = reset === undefined ? '' : `; the allowance resets on ${reset}`;
        return {
          figure: date(day),
          comparedWith: reset === undefined ? null : date(reset),
          message: `At the present pace the last of ${limit} ${METER_NAMES[meter]} is used on ${day}${resets}.`,
        };
      },
    },
  ];
}

const NOTED = {
  posts_denied: (posts: number) =>
    `${posts === 1 ? '1 post was' : `${posts} posts were`} asked for this week or later, and denied.`,
  over_limit_unchecked: (posts: number) =>
    `${posts === 1 ? '1 post' : `${posts} posts`} of this week or later passed a limit without being asked for.`,
} as const;

function notedItems(
  { now, clients }: Service,
  rowsOf: (clientId: string) => readonly NotedHoldRow[],
  code: keyof typeof NOTED,
): AttentionItem[] {
  return clients.flatMap((client): AttentionItem[] => {
    const own = rowsOf(client.id);
    if (own.length === 0) return [];
    const { start } = openWindow(client.policy, 'posts', now);
    const posts = own
      .filter(({ meter, scheduledAt }) => meter === 'posts' && scheduledAt >= start)
      .flatMap((row) => askedLines(row).filter(({ platform }) => platform === ''))
      .reduce((sum, { held }) => sum + held, 0);
    if (posts === 0) return [];
    const limit = limitAt(client.policy, { meter: 'posts', platform: '' }, now);
    return [
      {
        ...about(client),
        code,
        weight: fraction(BigInt(posts), 1n),
        meter: 'posts',
        tell: () => ({
          figure: count(posts),
          comparedWith: typeof limit === 'number' ? count(limit) : null,
          message: NOTED[code](posts),
        }),
      },
    ];
  });
}
