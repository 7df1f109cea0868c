import { limitOf, type CountBy, type Limit, type Meter, type TierTerms } from '../tiers/terms.ts';

/** What a client wanted of something: what it took, and what was asked for and denied. */
export interface Wish {
  readonly taken: number;
  readonly denied: number;
}

/** A week's posts, counted as the tier of that time counted them, and those of each platform. */
export interface WishedWeek {
  readonly posts: Wish;
  readonly countBy: CountBy;
  readonly platforms: ReadonlyMap<string, Wish>;
}

/** The most of another meter that was wanted in one of its windows. */
export interface WishedMeter extends Wish {
  readonly meter: Exclude<Meter, 'posts'>;
}

/** What a client wanted over some weeks. */
export interface Wishes {
  readonly weeks: readonly WishedWeek[];
  readonly meters: readonly WishedMeter[];
}

/** A promise of a tier that some wish passes, in the words of a denial. */
export interface TierGap {
  readonly code:
    | 'limit_reached'
    | 'limit_is_zero'
    | 'not_in_tier'
    | 'platform_not_in_tier'
    | 'platform_count';
  readonly meter: Meter;
  /** '' where it is about the meter as a whole. */
  readonly platform: string;
  readonly limit: Limit | undefined;
  /** The most that was wanted. */
  readonly wished: number;
  /** In how many of the weeks it was passed; of a meter that is not weekly, in one. */
  readonly weeks: number;
}

/** How much was wanted in all. */
export function wishedOf({ taken, denied }: Wish): number {
  return taken + denied;
}

/**
 * What of the wishes a tier would not have taken; nothing when it would have taken all. A soft limit is judged like a
 * hard one: what passes it is overage.
 */
export function tierGaps(terms: TierTerms, { weeks, meters }: Wishes): TierGap[] {
  const posts = weeks.map((week) => countedBy(week, terms.countBy));
  return [
    ...limitGap({ meter: 'posts', platform: '', limit: terms.features.postsPerWeek }, posts),
    ...platformGaps(terms, weeks),
    ...meters.flatMap(({ meter, ...wish }) =>
      limitGap({ meter, platform: '', limit: limitOf(terms, meter) }, [wishedOf(wish)]),
    ),
  ];
}

/** The most that was wanted of each thing in one window: all that it takes to say whether a tier would have taken it. */
export interface WishPeaks {
  /** Of posts, counted either way. */
  readonly posts: Readonly<Record<CountBy, number>>;
  /** The most platforms in one week, and the most posts on each. */
  readonly platforms: number;
  readonly onPlatform: ReadonlyMap<string, number>;
  readonly meters: readonly { readonly meter: Meter; readonly wished: number }[];
}

/** Looks through the weeks once, for all the tiers that they are then judged by. */
export function wishPeaks({ weeks, meters }: Wishes): WishPeaks {
  const posts = { post: 0, channel: 0 };
  const onPlatform = new Map<string, number>();
  let platforms = 0;
  for (const week of weeks) {
    posts.post = Math.max(posts.post, countedBy(week, 'post'));
    posts.channel = Math.max(posts.channel, countedBy(week, 'channel'));
    let used = 0;
    for (const [platform, wish] of week.platforms) {
      const wished = wishedOf(wish);
      if (wished === 0) continue;
      used += 1;
      if (wished > (onPlatform.get(platform) ?? 0)) onPlatform.set(platform, wished);
    }
    platforms = Math.max(platforms, used);
  }
  const others = meters.map(({ meter, ...wish }) => ({ meter, wished: wishedOf(wish) }));
  return { posts, platforms, onPlatform, meters: others };
}

/** Whether a tier would have taken all of it: it has no gap. */
export function takesAll(terms: TierTerms, peaks: WishPeaks): boolean {
  const { allowed, max, perPlatform } = terms.features.platforms;
  if (!holds(terms.features.postsPerWeek, peaks.posts[terms.countBy])) return false;
  if (!holds(max, peaks.platforms)) return false;
  for (const [platform, wished] of peaks.onPlatform) {
    if (allowed !== 'all' && !allowed.includes(platform)) return false;
    if (Object.hasOwn(perPlatform, platform) && !holds(perPlatform[platform], wished)) return false;
  }
  return peaks.meters.every(({ meter, wished }) => holds(limitOf(terms, meter), wished));
}

function holds(limit: Limit | undefined, wished: number): boolean {
  return limit === null || wished <= (limit ?? 0);
}

/** Where a tier counted channels, a post of its own is not told from them: each counts as one. */
function countedBy({ posts, countBy, platforms }: WishedWeek, by: CountBy): number {
  const wished = wishedOf(posts);
  if (by === countBy || by === 'post') return wished;
  const placed = [...platforms.values()].reduce((sum, wish) => sum + wishedOf(wish), 0);
  return Math.max(wished, placed);
}

function limitGap(
  gate: Pick<TierGap, 'meter' | 'platform' | 'limit'>,
  wished: readonly number[],
): TierGap[] {
  const { limit } = gate;
  if (limit === null) return [];
  const cap = limit ?? 0;
  const weeks = wished.filter((count) => count > cap).length;
  if (weeks === 0) return [];
  const code =
    limit === undefined ? 'not_in_tier' : limit === 0 ? 'limit_is_zero' : 'limit_reached';
  return [{ ...gate, code, wished: Math.max(...wished), weeks }];
}

function platformGaps(terms: TierTerms, weeks: readonly WishedWeek[]): TierGap[] {
  const { allowed, max, perPlatform } = terms.features.platforms;
  const used = weeks.map(({ platforms }) =>
    [...platforms].filter(([, wish]) => wishedOf(wish) > 0).map(([platform]) => platform),
  );
  const gate = { meter: 'posts', platform: '', limit: undefined } as const;
  const refused = [...new Set(used.flat())]
    .filter((platform) => allowed !== 'all' && !allowed.includes(platform))
    .toSorted()
    .map((platform): TierGap => {
      const counts = weeks.map((week) => wishedOf(week.platforms.get(platform) ?? NONE));
      const passed = counts.filter((count) => count > 0).length;
      const wished = Math.max(...counts);
      return { ...gate, code: 'platform_not_in_tier', platform, wished, weeks: passed };
    });
  const many = limitGap(
    { ...gate, limit: max },
    used.map((platforms) => platforms.length),
  ).map((gap): TierGap => ({ ...gap, code: 'platform_count' }));
  const limited = Object.entries(perPlatform).flatMap(([platform, limit]) =>
    limitGap(
      { ...gate, platform, limit },
      weeks.map((week) => wishedOf(week.platforms.get(platform) ?? NONE)),
    ),
  );
  return [...refused, ...many, ...limited];
}

const NONE: Wish = { taken: 0, denied: 0 };
