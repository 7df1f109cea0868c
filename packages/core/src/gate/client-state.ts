import {
  crossings,
  dueAt,
  limitAt,
  rearmed,
  receiptLines,
  spanOf,
  statusOf,
  type Count,
  type Hold,
  type HoldFlag,
  type Instant,
  type Meter,
  type Policy,
  type ReceiptLine,
  type Unit,
  type Window,
} from '@retainer/domain';

import type { Decision } from './answer.ts';

/** What is taken of a meter in one window, as the gate sees it under the client's lock. */
export interface Counter {
  readonly meter: Meter;
  readonly window: Window;
  /** By platform; '' is the meter as a whole. */
  readonly counts: Map<string, Count>;
  changed: boolean;
}

/** A hold's row. `key` and `answer` belong to the first occurrence of a series. */
export interface HoldRow extends Hold {
  readonly key: string | undefined;
  readonly payloadHash: string | undefined;
  /** The first answer, as text once it was written: a repeat of the key gets it again. */
  readonly answer: Decision | string | undefined;
  readonly createdAt: Instant;
  readonly settledAt: Instant | undefined;
}

export type PostState = 'draft' | 'scheduled' | 'failed' | 'published' | 'deleted' | 'denied';

export interface Channel {
  readonly id: string;
  readonly platform: string;
  readonly externalId?: string | undefined;
  readonly url?: string | undefined;
}

/** A host's post as last told. */
export interface PostRow {
  readonly postId: string;
  readonly seriesId: string | undefined;
  readonly state: PostState;
  readonly eventAt: Instant;
  readonly scheduledAt: Instant | undefined;
  readonly everyDays: number | undefined;
  readonly channels: readonly Channel[];
  readonly contentType: string | undefined;
  readonly campaignId: string | undefined;
  readonly minutesSpent: number | undefined;
  readonly mediaIds: readonly string[];
  readonly flags: readonly string[];
  readonly createdAt: Instant;
}

export interface MediaRow {
  readonly mediaId: string;
  readonly seriesId: string;
  readonly bytes: number;
  readonly deleted: boolean;
  readonly createdAt: Instant;
}

export interface PlacementRow {
  readonly postId: string;
  readonly channelId: string;
  readonly occurrence: string;
  readonly platform: string;
  readonly publishedAt: Instant;
  readonly seriesId: string;
  readonly externalId: string | undefined;
  readonly url: string | undefined;
}

export interface LedgerRow {
  readonly seriesId: string;
  readonly occurrence: string;
  readonly step: number;
  readonly kind: string;
  readonly meter: Meter;
  readonly windowStart: Instant;
  /** What the step moved, by platform. */
  readonly lines: readonly ReceiptLine[];
  readonly at: Instant;
}

export interface AlertRow {
  readonly meter: Meter;
  readonly window: Window;
  readonly threshold: 80 | 100;
  readonly limit: number;
  readonly emitted: boolean;
  readonly at: Instant;
}

export interface Rearm {
  readonly meter: Meter;
  readonly threshold: 80 | 100;
  readonly at: Instant;
}

/** All that one batch knows and changes of one client. Filled under its lock, written once, then dropped. */
export interface ClientState {
  readonly policy: Policy;
  readonly counters: Map<string, Counter>;
  /** Windows whose counters were read: what is missing from them is 0. */
  readonly windows: Set<string>;
  readonly holdsByKey: Map<string, HoldRow>;
  /** By series, then occurrence. */
  readonly series: Map<string, Map<string, HoldRow>>;
  readonly posts: Map<string, PostRow>;
  readonly media: Map<string, MediaRow>;
  readonly changes: Changes;
}

/** What the batch will write. Holds and posts by identity, so each is written once. */
export interface Changes {
  readonly newHolds: Map<string, HoldRow>;
  readonly changedHolds: Map<string, HoldRow>;
  readonly posts: Map<string, PostRow>;
  readonly media: Map<string, MediaRow>;
  readonly placements: PlacementRow[];
  readonly ledger: LedgerRow[];
  readonly alerts: AlertRow[];
  readonly rearms: Rearm[];
}

/** An empty view of a client: what it knows is added by `gate.queries.ts`. */
export function createClientState(policy: Policy): ClientState {
  return {
    policy,
    counters: new Map(),
    windows: new Set(),
    holdsByKey: new Map(),
    series: new Map(),
    posts: new Map(),
    media: new Map(),
    changes: {
      newHolds: new Map(),
      changedHolds: new Map(),
      posts: new Map(),
      media: new Map(),
      placements: [],
      ledger: [],
      alerts: [],
      rearms: [],
    },
  };
}

/** The name of a window's counters in `windows`. */
export function windowKey(meter: Meter, window: Window): string {
  return `${meter}|${window.start}`;
}

/** What is taken in one window by platform; '' is the meter as a whole. */
export function countsOf(
  state: ClientState,
  meter: Meter,
  window: Window,
): ReadonlyMap<string, Count> {
  return state.counters.get(windowKey(meter, window))?.counts ?? NOTHING_TAKEN;
}

/** The count of one gate; zeros where nothing was ever taken. */
export function countOf(
  state: ClientState,
  gate: { readonly meter: Meter; readonly platform: string; readonly window: Window },
): Count {
  return countsOf(state, gate.meter, gate.window).get(gate.platform) ?? NO_COUNT;
}

const NOTHING_TAKEN: ReadonlyMap<string, Count> = new Map();
const NO_COUNT: Count = { used: 0, held: 0 };

/** What a change to a hold is, and when it happened. */
export interface Transition {
  readonly kind: string;
  readonly at: Instant;
}

/** A change of a hold; what is left out stays. */
export interface HoldEdit {
  readonly units?: readonly Unit[];
  readonly window?: Window;
  readonly scheduledAt?: Instant;
  readonly quantity?: number;
  readonly flags?: readonly HoldFlag[];
}

/** Adds a hold that did not exist and takes what it counts. */
export function addHold(state: ClientState, hold: HoldRow, transition: Transition): HoldRow {
  const empty = { ...hold, receipt: { window: hold.receipt.window, lines: [] } };
  const added = applyReceipt(state, empty, hold, transition);
  state.changes.newHolds.set(holdId(added), added);
  indexHold(state, added);
  return added;
}

/** Changes a hold: the difference between its old and its new receipt moves the counters. */
export function changeHold(
  state: ClientState,
  hold: HoldRow,
  edit: HoldEdit,
  transition: Transition,
): HoldRow {
  const units = edit.units ?? hold.units;
  const window = edit.window ?? hold.receipt.window;
  const status = statusOf(units);
  const next: HoldRow = {
    ...hold,
    units,
    quantity: edit.quantity ?? hold.quantity,
    scheduledAt: edit.scheduledAt ?? hold.scheduledAt,
    flags: edit.flags ?? hold.flags,
    status,
    expiresAt: dueAt(units),
    settledAt: status === 'held' ? undefined : (hold.settledAt ?? transition.at),
    step: hold.step + 1,
    receipt: { window, lines: [] },
  };
  const changed = applyReceipt(state, hold, next, transition);
  const id = holdId(changed);
  const { newHolds, changedHolds } = state.changes;
  (newHolds.has(id) ? newHolds : changedHolds).set(id, changed);
  indexHold(state, changed);
  return changed;
}

/** Sets a level to what the host says it is. */
export function setLevel(
  state: ClientState,
  hold: HoldRow,
  level: number,
  transition: Transition,
): void {
  const { meter, receipt } = hold;
  const { used } = countOf(state, { meter, platform: '', window: receipt.window });
  const line = { platform: '', used: level - used, held: 0 };
  take(state, hold, receipt.window, [line], transition);
}

/** Makes a hold known to the batch by its key and its series. */
export function indexHold(state: ClientState, hold: HoldRow): void {
  if (hold.key !== undefined) state.holdsByKey.set(hold.key, hold);
  const series = state.series.get(hold.seriesId) ?? new Map<string, HoldRow>();
  series.set(hold.occurrence, hold);
  state.series.set(hold.seriesId, series);
}

/** Remembers the answer to a key beside its hold, so that it is written with it. */
export function rememberAnswer(state: ClientState, key: string, decision: Decision): void {
  const hold = state.holdsByKey.get(key);
  if (!hold) return;
  const answered = { ...hold, answer: decision };
  const id = holdId(hold);
  if (state.changes.newHolds.has(id)) state.changes.newHolds.set(id, answered);
  indexHold(state, answered);
}

/** Remembers a post as told now. */
export function savePost(state: ClientState, post: PostRow): void {
  state.posts.set(post.postId, post);
  state.changes.posts.set(post.postId, post);
}

function holdId(hold: Hold): string {
  return `${hold.seriesId}|${hold.occurrence}`;
}

function applyReceipt(
  state: ClientState,
  before: HoldRow,
  after: HoldRow,
  transition: Transition,
): HoldRow {
  const lines = receiptLines(after);
  const { window } = after.receipt;
  const moved = before.receipt.window.start !== window.start;
  if (moved) {
    take(state, after, before.receipt.window, diff(before.receipt.lines, []), transition);
    take(state, after, window, diff([], lines), transition);
  } else {
    take(state, after, window, diff(before.receipt.lines, lines), transition);
  }
  return { ...after, receipt: { window, lines } };
}

function diff(before: readonly ReceiptLine[], after: readonly ReceiptLine[]): ReceiptLine[] {
  const platforms = new Set([...before, ...after].map((line) => line.platform));
  const of = (lines: readonly ReceiptLine[], platform: string): ReceiptLine =>
    lines.find((line) => line.platform === platform) ?? { platform, used: 0, held: 0 };
  return [...platforms].map((platform) => ({
    platform,
    used: of(after, platform).used - of(before, platform).used,
    held: of(after, platform).held - of(before, platform).held,
  }));
}

function take(
  state: ClientState,
  hold: HoldRow,
  window: Window,
  lines: readonly ReceiptLine[],
  transition: Transition,
): void {
  const moving = lines.filter((line) => line.used !== 0 || line.held !== 0);
  if (moving.length === 0) return;
  const { seriesId, occurrence, step, meter } = hold;
  const counter = counterFor(state, meter, window);
  const moved = moving.map((line): ReceiptLine => {
    const before = counter.counts.get(line.platform) ?? NO_COUNT;
    const after = added(before, line, meter);
    counter.counts.set(line.platform, after);
    const when = { at: transition.at, judgedAt: hold.scheduledAt };
    if (line.platform === '') tell(state, counter, { before, after }, when);
    const used = after.used - before.used;
    return { platform: line.platform, used, held: line.held };
  });
  counter.changed = true;
  const { kind, at } = transition;
  const windowStart = window.start;
  state.changes.ledger.push({ seriesId, occurrence, step, kind, meter, windowStart, lines: moved, at });
}

function added(count: Count, line: ReceiptLine, meter: Meter): Count {
  const sum = { used: count.used + line.used, held: count.held + line.held };
  // A level that the host set lower than what we saw uploaded cannot fall below nothing.
  if (spanOf(meter) === 'level') sum.used = Math.max(0, sum.used);
  if (sum.used < 0 || sum.held < 0) throw new Error(`a counter of ${meter} fell below zero`);
  return sum;
}

function counterFor(state: ClientState, meter: Meter, window: Window): Counter {
  const key = windowKey(meter, window);
  const known = state.counters.get(key);
  if (known) return known;
  if (!state.windows.has(key)) throw new Error(`the counters of ${key} were not read`);
  const counter: Counter = { meter, window, counts: new Map(), changed: false };
  state.counters.set(key, counter);
  return counter;
}

function tell(
  state: ClientState,
  { meter, window }: Counter,
  change: { readonly before: Count; readonly after: Count },
  when: { readonly at: Instant; readonly judgedAt: Instant },
): void {
  const limit = limitAt(state.policy, { meter, platform: '' }, when.judgedAt);
  const before = change.before.used + change.before.held;
  const after = change.after.used + change.after.held;
  if (typeof limit === 'number') {
    for (const crossing of crossings(limit, before, after)) {
      state.changes.alerts.push({ meter, window, limit, at: when.at, ...crossing });
    }
  }
  if (spanOf(meter) === 'level' && after < before) {
    for (const threshold of rearmed(limit, after)) {
      state.changes.rearms.push({ meter, threshold, at: when.at });
    }
  }
}
