import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import type { KnownChannel } from '../channels.ts';
import { untoldRecord } from '../row-record.ts';
import type { PostRecord } from '../state/records.ts';
import { planPost } from './plan-post.ts';

const MONDAY = Date.parse('2026-03-02T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const CHANNEL: KnownChannel = {
  id: 'ch',
  name: 'Bakery',
  identifier: 'x',
  platform: 'x',
  disabled: false,
  clientId: 'bakery',
};

/** What one poll saw, so many hours after the last. */
interface Seen {
  readonly hours: number;
  readonly state: PostizPost['state'];
  /** The day that it is meant for. */
  readonly day: number;
  /** The how many-th release it has; 0 is none. */
  readonly release: number;
}

const seen: fc.Arbitrary<Seen> = fc.record({
  hours: fc.constantFrom(0, 1, 3, 30),
  state: fc.constantFrom('QUEUE', 'PUBLISHED', 'ERROR', 'DRAFT'),
  day: fc.nat({ max: 3 }),
  release: fc.nat({ max: 2 }),
});
const history = fc.array(seen, { minLength: 1, maxLength: 10 });

function rowOf({ state, day, release }: Seen, everyDays?: number): PostizPost {
  return {
    id: 'p',
    channelId: 'ch',
    identifier: 'x',
    content: 'Hello',
    state,
    publishDate: MONDAY + day * DAY_MS,
    actualDate: undefined,
    everyDays,
    group: undefined,
    creationMethod: undefined,
    releaseURL: release === 0 ? undefined : `https://x.test/${release}`,
    releaseId: release === 0 ? undefined : `r${release}`,
  };
}

/** Rows of a recurring post as Postiz lists them: one for each slot of the next four weeks. */
function slotsOf(row: PostizPost, every: number): [PostizPost, ...PostizPost[]] {
  const rest = Array.from({ length: Math.floor(28 / every) }, (_, index) => ({
    ...row,
    actualDate: row.publishDate,
    publishDate: row.publishDate + (index + 1) * every * DAY_MS,
  }));
  return [{ ...row, actualDate: row.publishDate }, ...rest];
}

interface Polled {
  readonly record: PostRecord;
  readonly events: readonly HookEvent[];
  readonly seen: Seen;
}

/** Polls one post through a history; each poll twice, as one that was cut short is. */
function pollThrough(all: readonly Seen[], of: { isAsked: boolean; every?: number }): Polled[] {
  let now = MONDAY;
  let record: PostRecord | undefined;
  return all.map((one) => {
    now += one.hours * HOUR_MS;
    const row = rowOf(one, of.every);
    const rows = of.every === undefined ? ([row] as const) : slotsOf(row, of.every);
    const known = record ?? firstRecord(row, now, of.isAsked);
    const find = (from: PostRecord) =>
      planPost({ record: from, rows: [...rows], channel: CHANNEL, now, isShared: false });
    const plan = find(known);
    record = plan.record;
    // What sees nothing new tells nothing new: at most once more that one more run of a counted post is failing.
    const again = find(record).events.filter((event) => event.type !== 'postFailed');
    expect(again).toEqual([]);
    return { record, events: plan.events, seen: one };
  });
}

function firstRecord(row: PostizPost, now: number, isAsked: boolean): PostRecord {
  const record = untoldRecord(row, CHANNEL, now);
  return isAsked ? { ...record, told: 'scheduled', isAsked, reservationId: 'r' } : record;
}

const publishes = (polls: readonly Polled[]) =>
  polls.flatMap(({ events }) => events.filter((event) => event.type === 'postPublished'));

describe('given any history of a post', () => {
  test('when it is polled, then each release is counted once, and nothing that is not live', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (all, isAsked) => {
        const polls = pollThrough(all, { isAsked });
        const occurrences = publishes(polls).map(({ occurrence }) => occurrence);
        expect(new Set(occurrences).size).toBe(occurrences.length);
        const notLive = polls.filter(
          ({ events, seen: one }) =>
            events.some(({ type }) => type === 'postPublished') &&
            one.state !== 'PUBLISHED' &&
            one.release === 0,
        );
        expect(notLive).toEqual([]);
        const releases = new Set(
          all.filter(({ release }) => release > 0).map((one) => one.release),
        );
        expect(occurrences.length).toBeGreaterThanOrEqual(releases.size);
      }),
    );
  });

  test('when it went out, then it counts in the week that Postiz says it was for', () => {
    fc.assert(
      fc.property(history, (all) => {
        const polls = pollThrough(all, { isAsked: false });
        const first = polls.find(({ events }) =>
          events.some(({ type }) => type === 'postPublished'),
        );
        // One that is queued again, or a draft, shows the time of its next run.
        fc.pre(first?.seen.state === 'PUBLISHED' || first?.seen.state === 'ERROR');
        const at = new Date(MONDAY + first.seen.day * DAY_MS).toISOString();
        const times = first.events.map((event) => 'scheduledAt' in event && event.scheduledAt);
        expect(times).toEqual(first.events.map(() => at));
      }),
    );
  });

  test('when it was counted, then nothing lowers it', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (all, isAsked) => {
        const lowered = pollThrough(all, { isAsked }).filter(({ record, events }, index, polls) => {
          const before = polls[index - 1]?.record;
          if (before?.told !== 'published') return false;
          // One more run that waits has a name of its own, and may fail.
          const isLower = events.some(
            (event) =>
              (event.type === 'postFailed' && event.occurrence === undefined) ||
              event.type === 'postDeleted' ||
              (event.type === 'postUpdated' && event.status !== 'scheduled'),
          );
          return isLower || record.told !== 'published';
        });
        expect(lowered).toEqual([]);
      }),
    );
  });

  test('when it waits, then Retainer was told the week that it waits in', () => {
    fc.assert(
      fc.property(history, (all) => {
        const last = pollThrough(all, { isAsked: false }).at(-1);
        fc.pre(last?.seen.state === 'QUEUE' && last.record.counted.length === 0);
        expect(last.record).toMatchObject({
          told: 'scheduled',
          scheduledAt: MONDAY + last.seen.day * DAY_MS,
        });
      }),
    );
  });
});

describe('given any history of a recurring post', () => {
  const every = fc.constantFrom(1, 7, 14);

  test('when it is polled, then no run is counted twice, and no slot held twice', () => {
    fc.assert(
      fc.property(history, every, fc.boolean(), (all, days, isAsked) => {
        const polls = pollThrough(all, { isAsked, every: days });
        const occurrences = publishes(polls).map(({ occurrence }) => occurrence);
        expect(new Set(occurrences).size).toBe(occurrences.length);
        for (const { record, events } of polls) {
          expect(new Set(record.waiting).size).toBe(record.waiting.length);
          const held = events.flatMap((one) =>
            one.type === 'postUpdated' && one.occurrence !== undefined ? [one.occurrence] : [],
          );
          expect(new Set(held).size).toBe(held.length);
        }
      }),
    );
  });
});
