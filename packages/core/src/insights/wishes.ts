import {
  addDays,
  calendarDateOf,
  lastSegmentAt,
  spanOf,
  weekOf,
  windowAt,
  wishedOf,
  type CalendarEpoch,
  type Instant,
  type LocalDate,
  type Policy,
  type Window,
  type Wish,
  type WishedMeter,
  type WishedWeek,
  type Wishes,
} from '@retainer/domain';

import { createReuse } from '../kernel/reuse.ts';
import { askedLines } from './asked-lines.ts';
import type { CounterRow, NotedHoldRow } from './counters.queries.ts';
import { platformCounts } from './open-counters.ts';
import { openWindow, type ServedClient } from './served-clients.ts';
import type { TakenByClient } from './taken.ts';

/** A week of a client by its own dates, with what was wished in it. */
export interface ClientWeek extends WishedWeek {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

/** What a client wished in the last weeks that are over. */
export interface ClientWishes extends Wishes {
  readonly weeks: readonly ClientWeek[];
}

/** How many weeks are looked at. Pinned by the published rules. */
const FIT_WEEKS = 12;

const NONE: Wish = { taken: 0, denied: 0 };
const OTHER_METERS = ['ai_generations', 'reports', 'storage_bytes', 'library_items'] as const;

/**
 * What a client wished in its last twelve whole weeks: what it took, and what it asked for and was denied. Of billing
 * periods those count that touch these weeks, up to now; of levels what they stand at.
 */
export function wishesOf(
  client: ServedClient,
  { counters, denied }: TakenByClient,
  now: Instant,
): ClientWishes {
  const rows = counters.filter((row) => row.start <= now);
  const refused = denied.filter((row) => row.scheduledAt <= now);
  const own = weeksBefore(client.policy, now).filter((week) => week.start >= sinceOf(client));
  const taken = new Map(
    rows.filter(({ meter }) => meter === 'posts').map((row) => [row.start, row]),
  );
  const posts = Map.groupBy(
    refused.filter(({ meter }) => meter === 'posts'),
    (row) => weekOf(client.policy.epochs, row.scheduledAt).start,
  );
  const first = own[0]?.start ?? now;
  return {
    weeks: own.map((week) =>
      toWeek(client, week, { row: taken.get(week.start), denied: posts.get(week.start) ?? [] }),
    ),
    meters: OTHER_METERS.map((meter) => mostOf(client, meter, { rows, refused, first })),
  };
}

interface DatedWeek extends Window {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}

// By the week that runs, which most clients share.
const weeksByEpochs = new Map<string, readonly DatedWeek[]>();
const MOST_CALENDARS = 1_000;
const weeksByPolicy = createReuse<readonly DatedWeek[]>();

/** The whole weeks before the one that runs, the earliest first; the very same ones as long as it does. */
function weeksBefore(policy: Policy, now: Instant): readonly DatedWeek[] {
  const { start } = openWindow(policy, 'posts', now);
  return weeksByPolicy(policy, [start], () => {
    const { epochs } = policy;
    const key = JSON.stringify([start, epochs]);
    const known = weeksByEpochs.get(key) ?? datedWeeks(epochs, start);
    if (weeksByEpochs.size >= MOST_CALENDARS) weeksByEpochs.clear();
    weeksByEpochs.set(key, known);
    return known;
  });
}

function datedWeeks(epochs: readonly CalendarEpoch[], before: Instant): DatedWeek[] {
  const weeks: DatedWeek[] = [];
  let start = before;
  for (let count = 0; count < FIT_WEEKS; count += 1) {
    const week = weekOf(epochs, start - 1);
    const startDate = calendarDateOf(epochs, week.start);
    weeks.unshift({ ...week, startDate, endDate: addDays(calendarDateOf(epochs, week.end), -1) });
    ({ start } = week);
  }
  return weeks;
}

/** Since when there was a client to wish anything. */
function sinceOf({ createdAt, policy: { segments } }: ServedClient): Instant {
  return Math.min(createdAt, segments[0]?.from ?? createdAt);
}

function toWeek(
  { policy }: ServedClient,
  { startDate, endDate, end }: DatedWeek,
  of: { readonly row: CounterRow | undefined; readonly denied: readonly NotedHoldRow[] },
): ClientWeek {
  const { row, denied } = of;
  const taken = { posts: { taken: row?.taken ?? 0, denied: 0 }, platforms: takenOn(row) };
  const wished = denied.length === 0 ? taken : withDenied(taken, denied);
  const countBy = lastSegmentAt(policy, end - 1)?.terms.countBy ?? 'post';
  return { startDate, endDate, countBy, ...wished };
}

type WishedPosts = Pick<ClientWeek, 'posts' | 'platforms'>;

function withDenied(
  { posts, platforms }: WishedPosts,
  denied: readonly NotedHoldRow[],
): WishedPosts {
  const counts = new Map([...platforms, ['', posts] as const]);
  for (const { platform, held } of denied.flatMap(askedLines)) {
    const before = counts.get(platform) ?? NONE;
    counts.set(platform, { taken: before.taken, denied: before.denied + held });
  }
  const all = counts.get('') ?? NONE;
  counts.delete('');
  return { posts: all, platforms: counts };
}

const NOTHING: ReadonlyMap<string, Wish> = new Map();
/** By what platforms took: most weeks of most clients are alike, and told by the same text. */
const wishesByCounts = new WeakMap<ReadonlyMap<string, number>, ReadonlyMap<string, Wish>>();

function takenOn(row: CounterRow | undefined): ReadonlyMap<string, Wish> {
  if (!row) return NOTHING;
  const counts = platformCounts(row.platforms);
  const known = wishesByCounts.get(counts);
  if (known) return known;
  const wishes = new Map(
    [...counts].map(([platform, taken]) => [platform, { taken, denied: 0 }] as const),
  );
  wishesByCounts.set(counts, wishes);
  return wishes;
}

/** The most of a meter in one of its windows. */
function mostOf(
  { policy }: ServedClient,
  meter: WishedMeter['meter'],
  of: {
    readonly rows: readonly CounterRow[];
    readonly refused: readonly NotedHoldRow[];
    readonly first: Instant;
  },
): WishedMeter {
  const { rows, refused, first } = of;
  const own = rows.filter((row) => row.meter === meter);
  if (spanOf(meter) === 'level') return { meter, taken: own[0]?.taken ?? 0, denied: 0 };
  const windows = new Map<Instant, Wish>(
    own.filter((row) => row.end > first).map((row) => [row.start, { taken: row.taken, denied: 0 }]),
  );
  for (const row of refused.filter((one) => one.meter === meter && one.scheduledAt >= first)) {
    const start = windowAt(policy, meter, row.scheduledAt).start;
    const { taken, denied } = windows.get(start) ?? NONE;
    windows.set(start, { taken, denied: denied + row.quantity });
  }
  const [most = NONE] = [...windows.values()].toSorted((a, b) => wishedOf(b) - wishedOf(a));
  return { meter, ...most };
}
