import type { Count, Hold, Instant, Meter, Policy, ReceiptLine, Window } from '@retainer/domain';

import type { Decision } from './answer.ts';

/** What is taken of a meter in one window, as the gate sees it under the client's lock. */
export interface Counter {
  readonly meter: Meter;
  readonly window: Window;
  /** By platform; '' is the meter as a whole. */
  readonly counts: Map<string, Count>;
  /** How often it was written, as this batch knows it; 0 where it has no row. */
  readonly revision: number;
  /** Taken from memory: the transaction must insist on its revision before it commits. */
  readonly isRemembered: boolean;
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
  /** Set when the level fell below again before the batch was written. */
  readonly rearmedAt?: Instant;
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

/** The clients of whom a batch writes anything. */
export function changedIn(states: ReadonlyMap<string, ClientState>): string[] {
  return [...states].flatMap(([clientId, { changes }]) => (isEmpty(changes) ? [] : [clientId]));
}

function isEmpty(changes: Changes): boolean {
  const { newHolds, changedHolds, posts, media, placements, ledger, alerts, rearms } = changes;
  const byName = newHolds.size + changedHolds.size + posts.size + media.size;
  return byName + placements.length + ledger.length + alerts.length + rearms.length === 0;
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
/** Nothing taken. */
export const NO_COUNT: Count = { used: 0, held: 0 };

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

/** The name of a hold among those of its client. */
export function holdId(hold: Hold): string {
  return `${hold.seriesId}|${hold.occurrence}`;
}
