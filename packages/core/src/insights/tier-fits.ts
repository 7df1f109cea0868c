import {
  busiestAndMedian,
  segmentAt,
  tierFit,
  tierGaps,
  toDecimal,
  wishedOf,
  type Fit,
  type Limit,
  type LocalDate,
  type Meter,
  type MoneyWire,
  type TierFit,
  type TierGap,
} from '@retainer/domain';

import { createReuse } from '../kernel/reuse.ts';
import { moneyWire } from '../tenancy/money-input.ts';
import {
  toBookedTierDto,
  type BookedTier,
  type BookedTierDto,
  type TierBook,
} from '../tiers/tier-book.ts';
import { openWindow, type Service, type ServedClient } from './served-clients.ts';
import type { Taken } from './taken.ts';
import { wishesOf, type ClientWeek, type ClientWishes } from './wishes.ts';

/** A client beside the tier that would have fitted it. */
export interface ClientFit {
  readonly client: ServedClient;
  readonly wishes: ClientWishes;
  readonly current: BookedTier | undefined;
  readonly found: TierFit<BookedTier>;
}

const judged = createReuse<ClientFit>();

/** Finds for each client the tier that would have fitted what it wished. The tiers are judged as sold, without overrides. */
export function tierFitsOf({ now, clients }: Service, book: TierBook, taken: Taken): ClientFit[] {
  return clients.map((client) => {
    const segment = segmentAt(client.policy, now);
    const own = taken(client.id);
    // What time alone changes: the tier, the week that runs, and what has begun by now.
    const { start } = openWindow(client.policy, 'posts', now);
    const begun = own.counters.filter((row) => row.start <= now).length;
    const due = own.denied.filter((row) => row.scheduledAt <= now).length;
    return judged(client, [book, own, segment, start, begun, due], () => {
      const current = segment && book.find(segment.tierId, segment.tierVersion);
      const wishes = wishesOf(client, own, now);
      return { client, wishes, current, found: tierFit(wishes, book.offers, current) };
    });
  });
}

/** How many clients fit their tier, and how many do not. */
export interface FitCounts {
  readonly fits: number;
  /** They wished more than their tier takes. */
  readonly over: number;
  /** A cheaper tier would have taken all that they wished. */
  readonly under: number;
  /** They have no tier, or no whole week yet. */
  readonly unknown: number;
}

/** Counts clients by how their tier fits. */
export function countFits(all: readonly ClientFit[]): FitCounts {
  const count = (fit: Fit | null): number => all.filter(({ found }) => found.fit === fit).length;
  return { fits: count('fits'), over: count('over'), under: count('under'), unknown: count(null) };
}

/** A promise of the present tier that was passed. */
export interface TierGapDto {
  readonly code: TierGap['code'];
  readonly meter: Meter;
  readonly platform: string | null;
  readonly limit: Limit;
  /** The most that was wished in one window. */
  readonly wished: number;
  /** In how many of the weeks; 1 for what is not weekly. */
  readonly weeks: number;
}

/** The tier that would have fitted a client's last weeks. */
export interface TierFitDto {
  readonly clientWorkspaceId: string;
  readonly name: string;
  readonly fit: Fit | null;
  /** Why nothing is judged. */
  readonly reason: 'no_tier' | 'no_complete_week' | null;
  readonly currentTier: BookedTierDto | null;
  /** The cheapest that would have taken every wish; null when none would. */
  readonly fittedTier: BookedTierDto | null;
  /** What a month of the fitting tier costs more than one of the present, below 0 for less. */
  readonly priceDifference: MoneyWire | null;
  /** How many whole weeks were looked at, and their dates. */
  readonly weeks: number;
  readonly startDate: LocalDate | null;
  readonly endDate: LocalDate | null;
  /** The busiest week: what it took, what was asked for and denied, and both together. */
  readonly peakWeek: {
    readonly startDate: LocalDate;
    readonly endDate: LocalDate;
    readonly taken: number;
    readonly denied: number;
    readonly wished: number;
  } | null;
  /** Posts wished in the week in the middle, to one place. */
  readonly medianWeek: string | null;
  /** In how many weeks more posts were wished than the present tier takes. */
  readonly weeksOver: number;
  /** Posts that were denied in all these weeks. */
  readonly deniedPosts: number;
  readonly gaps: TierGapDto[];
}

/** A client's fit in the words of the API. */
export function toTierFit({ client, wishes, current, found }: ClientFit): TierFitDto {
  const { fit, fitted, differenceMinor } = found;
  const { weeks } = wishes;
  const gaps = current ? tierGaps(current.terms, wishes) : [];
  const seen = busiestAndMedian(weeks);
  return {
    clientWorkspaceId: client.id,
    name: client.name,
    fit,
    reason: reasonOf(weeks, current),
    currentTier: current ? toBookedTierDto(current) : null,
    fittedTier: fitted ? toBookedTierDto(fitted) : null,
    priceDifference: differenceOf(current, differenceMinor),
    weeks: weeks.length,
    startDate: weeks[0]?.startDate ?? null,
    endDate: weeks.at(-1)?.endDate ?? null,
    peakWeek: null,
    medianWeek: null,
    ...(seen && { peakWeek: toPeak(seen.peak), medianWeek: toDecimal(seen.median, 1) }),
    weeksOver: weeksOver(gaps),
    deniedPosts: weeks.reduce((sum, { posts }) => sum + posts.denied, 0),
    gaps: gaps.map(toGap),
  };
}

/** In how many weeks the posts of a week passed their limit. */
function weeksOver(gaps: readonly TierGap[]): number {
  const found = gaps.find(
    ({ meter, platform, code }) =>
      meter === 'posts' && platform === '' && code !== 'platform_count',
  );
  return found?.weeks ?? 0;
}

function toGap({ platform, limit = 0, ...gap }: TierGap): TierGapDto {
  return { ...gap, platform: platform === '' ? null : platform, limit };
}

function differenceOf(
  current: BookedTier | undefined,
  differenceMinor: bigint | null,
): TierFitDto['priceDifference'] {
  if (!current || differenceMinor === null) return null;
  return moneyWire(differenceMinor, current.monthly.currency);
}

function reasonOf(
  weeks: readonly ClientWeek[],
  current: BookedTier | undefined,
): TierFitDto['reason'] {
  if (!current) return 'no_tier';
  return weeks.length === 0 ? 'no_complete_week' : null;
}

function toPeak({ startDate, endDate, posts }: ClientWeek): TierFitDto['peakWeek'] {
  return { startDate, endDate, ...posts, wished: wishedOf(posts) };
}
