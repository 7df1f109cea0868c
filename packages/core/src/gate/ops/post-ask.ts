import { denies, windowAt, type Instant, type Policy, type Unit } from '@retainer/domain';

import type { Decision } from '../answer.ts';
import type { Channel, ClientState, HoldRow, PostRow } from '../client-state.ts';
import { newId } from '../identity.ts';
import type { OpenDenial } from '../open-denial.ts';
import { judgeWishes, takeWishes, wishFor, type Asking, type Wish } from '../wish.ts';
import { PAST_TOLERANCE_MS, times } from './reserve.ts';

/** What a host says of a post. Left out: unchanged, or the default for a new post. */
export interface PostFacts {
  readonly now: Instant;
  readonly postId: string | undefined;
  readonly key: string | undefined;
  readonly occurrence: string | undefined;
  readonly scheduledAt: Instant | undefined;
  readonly publishNow: boolean;
  /** The host puts it into its own queue: no time is known yet. */
  readonly queue: boolean;
  readonly everyDays: number | undefined;
  readonly observed: boolean;
  readonly status: 'draft' | 'scheduled' | undefined;
  readonly channels: readonly Channel[] | undefined;
  readonly contentType: string | undefined;
  readonly campaignId: string | undefined;
  readonly minutesSpent: number | undefined;
  readonly mediaIds: readonly string[] | undefined;
  readonly expiresAt: Instant | undefined;
  /** The event's own time, where the host gives one. */
  readonly at: Instant | undefined;
}

const DAY_MS = 86_400_000;

/** How far ahead a recurring post holds its occurrences. Pinned by domain rule 4. */
export const RECURRING_MS = 28 * DAY_MS;

/** The occurrences that a post's ask covers: one, or those of the next 28 days named by their instant. */
export function slotsOf(
  facts: Pick<PostFacts, 'occurrence' | 'everyDays' | 'now'>,
  at: { readonly scheduledAt: Instant; readonly judgedAt: Instant },
): { occurrence: string; scheduledAt: Instant; judgedAt: Instant }[] {
  if (facts.everyDays === undefined || facts.occurrence !== undefined) {
    return [{ occurrence: facts.occurrence ?? '0', ...at }];
  }
  const slots = [{ occurrence: slotName(at.scheduledAt), ...at }];
  const step = facts.everyDays * DAY_MS;
  for (let time = at.scheduledAt + step; time < facts.now + RECURRING_MS; time += step) {
    slots.push({ occurrence: slotName(time), scheduledAt: time, judgedAt: time });
  }
  return slots;
}

/** A recurring post's occurrence is named by its instant. */
export function slotName(at: Instant): string {
  return new Date(at).toISOString();
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/u;

/** The instant that an occurrence is named by; another name, such as a URL, says no time. */
export function slotTime(occurrence: string | undefined): Instant | undefined {
  if (occurrence === undefined || !INSTANT.test(occurrence)) return undefined;
  const at = Date.parse(occurrence);
  return Number.isNaN(at) ? undefined : at;
}

/** Asks for all occurrences of a post at its time; what it holds already is part of the wish. */
export function askForPost(
  state: ClientState,
  facts: PostFacts,
  ask: {
    readonly post: PostRow | undefined;
    readonly channels: readonly Channel[];
    readonly payloadHash: string | undefined;
    readonly denied: OpenDenial[];
  },
): Decision {
  const seriesId = ask.post?.seriesId ?? newId(facts.now);
  const holds = [...(state.series.get(seriesId)?.values() ?? [])];
  const askingAt = (policy: Policy, start: Instant | undefined): Asking => {
    const wishes = wishesOf(policy, { ...facts, channels: ask.channels, start, holds });
    const leaving = slotsToCome(facts, holds).filter(
      (hold) => !wishes.some((one) => one.hold === hold) && !isAwaitedByOthers(hold, facts.postId),
    );
    return { now: facts.now, wishes, leaving, observed: facts.observed };
  };
  const start = facts.queue ? firstOpening(state, facts, askingAt) : undefined;
  const asking = askingAt(state.policy, start);
  const series = { seriesId, key: facts.key, payloadHash: ask.payloadHash };
  const { decision, refusals } = takeWishes(state, asking, series);
  if (decision.decision !== 'deny') return decision;
  ask.denied.push({
    state,
    decision,
    refusals,
    meter: 'posts',
    from: asking.wishes[0]?.judgedAt ?? facts.now,
    isMovable: true,
    retry: (policy, at) => {
      const now = at === undefined ? facts.now : Math.max(facts.now, at);
      return judgeWishes(state, policy, { ...askingAt(policy, at), now, observed: false });
    },
  });
  return decision;
}

// What a recurring post that is told as a whole may move or give up; what is due awaits its report.
function slotsToCome(
  facts: Pick<PostFacts, 'everyDays' | 'occurrence' | 'now'>,
  holds: readonly HoldRow[],
): HoldRow[] {
  if (facts.everyDays === undefined || facts.occurrence !== undefined) return [];
  return holds
    .filter((hold) => hold.status === 'held' && hold.scheduledAt >= facts.now)
    .toSorted((a, b) => a.scheduledAt - b.scheduledAt);
}

// The wishes of a post's slots. A recurring post that moves takes its waiting slots along, in order.
function wishesOf(
  policy: Policy,
  told: PostFacts & {
    readonly channels: readonly Channel[];
    readonly start: Instant | undefined;
    readonly holds: readonly HoldRow[];
  },
): Wish[] {
  const at = times(told.start ?? (told.publishNow ? undefined : told.scheduledAt), told.now);
  const slots = slotsOf(told, at);
  const named = new Map(told.holds.map((hold) => [hold.occurrence, hold]));
  const names = new Set(slots.map((slot) => slot.occurrence));
  const moving = slotsToCome(told, told.holds).filter((hold) => !names.has(hold.occurrence));
  return slots.flatMap((slot) => {
    const hold = named.get(slot.occurrence) ?? moving.shift();
    const isOver = slots.length > 1 && slot.judgedAt < told.now - PAST_TOLERANCE_MS;
    const isOpen = hold?.receipt.lines.length || told.observed;
    if (isOver && !isOpen) return [];
    const { channels, expiresAt } = told;
    const wish = wishFor(policy, {
      ...slot,
      meter: 'posts',
      quantity: 1,
      channels,
      expiresAt,
      hold,
    });
    const timed = told.at === undefined ? wish : { ...wish, units: toldAt(wish.units, told.at) };
    return hold ? [heldWish(timed, hold, told.postId)] : [timed];
  });
}

// An event that is older than this one will change nothing.
function toldAt(units: readonly Unit[], at: Instant): Unit[] {
  return units.map((unit) => ({ ...unit, at }));
}

// A hold keeps its name, its quantity and its way of counting; once part of it was published, its window too.
function heldWish(wish: Wish, hold: HoldRow, postId: string | undefined): Wish {
  const units = mergedUnits(hold, wish.units, postId);
  const { occurrence, quantity, countBy } = hold;
  const kept = { ...wish, units, occurrence, quantity, countBy };
  if (!hold.units.some((unit) => unit.state === 'used')) return kept;
  const { scheduledAt, receipt } = hold;
  return { ...kept, scheduledAt, judgedAt: scheduledAt, window: receipt.window };
}

// What was published stays; what the host no longer names is given up, unless it is another post's; what it names waits
// (again).
function mergedUnits(hold: HoldRow, wished: readonly Unit[], postId: string | undefined): Unit[] {
  const mine = hold.units.filter((unit) => !isOthers(unit, postId));
  const others = hold.units.filter((unit) => isOthers(unit, postId));
  const named = new Set<Unit>();
  const units = wished.map((unit): Unit => {
    const isNamed = (one: Unit): boolean => one.channel === unit.channel;
    const known = mine.find(isNamed) ?? others.find(isNamed);
    if (!known) return unit;
    named.add(known);
    if (known.state === 'used') return known;
    return { ...unit, postId: known.postId, at: unit.at ?? known.at };
  });
  const dropped = mine.filter((unit) => !named.has(unit));
  const left = dropped.map((unit): Unit =>
    unit.state === 'held' ? { ...unit, state: 'gone', gone: 'released' } : unit,
  );
  return [...units, ...left, ...others.filter((unit) => !named.has(unit))];
}

function isAwaitedByOthers(hold: HoldRow, postId: string | undefined): boolean {
  return hold.units.some((unit) => unit.state === 'held' && isOthers(unit, postId));
}

/** Whether a part of a hold is for another post than this one: posts of one content may share a hold. */
export function isOthers(unit: Unit, postId: string | undefined): boolean {
  return postId !== undefined && unit.postId !== undefined && unit.postId !== postId;
}

// A queue gives no time: the first week with room, from now on.
function firstOpening(
  state: ClientState,
  facts: PostFacts,
  askingAt: (policy: Policy, start: Instant | undefined) => Asking,
): Instant | undefined {
  let at = facts.now;
  for (let week = 0; week < QUEUE_WEEKS; week += 1) {
    const asking = { ...askingAt(state.policy, at), observed: false };
    if (!judgeWishes(state, state.policy, asking).some(denies)) return week === 0 ? undefined : at;
    at = windowAt(state.policy, 'posts', at).end;
  }
  return undefined;
}

/** How many weeks a queued post looks ahead for room. */
const QUEUE_WEEKS = 26;
