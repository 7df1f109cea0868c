import type { LoggedDelivery, LoggedOutcome, LogRecord } from './log/delivery-log.ts';
import type { KnownPost } from './post-memory.ts';

/** What was seen and heard, rebuilt from the log at a start. */
export interface DeliveryMemory {
  readonly isSeen: (eventId: string) => boolean;
  readonly knownPost: (key: string) => KnownPost | undefined;
  /** Posts whose keys start so: those of one endpoint. */
  readonly postsOf: (prefix: string) => ReadonlyMap<string, KnownPost>;
  readonly learn: (outcome: LoggedOutcome) => void;
  /** Everything worth keeping at this moment, as records that make the same memory. */
  readonly records: (now: number) => LogRecord[];
}

const DAY_MS = 86_400_000;
// The most patient host delivers again for 51 hours.
const EVENTS_KEPT_MS = 7 * DAY_MS;
const POSTS_KEPT_MS = 120 * DAY_MS;

/** An empty memory. */
function createDeliveryMemory(): DeliveryMemory {
  const seen = new Map<string, number>();
  const posts = new Map<string, KnownPost>();
  return {
    isSeen: (eventId) => seen.has(eventId),
    knownPost: (key) => posts.get(key),
    postsOf: (prefix) => new Map([...posts].filter(([key]) => key.startsWith(prefix))),
    learn: ({ at, eventIds, known }) => {
      for (const id of eventIds) seen.set(id, at);
      for (const [key, post] of Object.entries(known)) posts.set(key, post);
    },
    records: (now) => {
      for (const [id, at] of seen) if (now - at > EVENTS_KEPT_MS) seen.delete(id);
      for (const [key, { heardAt }] of posts) {
        if (now - heardAt > POSTS_KEPT_MS) posts.delete(key);
      }
      return [...recordsOf(seen, posts)];
    },
  };
}

// One record for each moment of events, and one for the posts.
function recordsOf(
  seen: ReadonlyMap<string, number>,
  posts: ReadonlyMap<string, KnownPost>,
): LogRecord[] {
  const byTime = new Map<number, string[]>();
  for (const [id, at] of seen) {
    const ids = byTime.get(at) ?? [];
    ids.push(id);
    byTime.set(at, ids);
  }
  const events = [...byTime].map(([at, eventIds]): LoggedOutcome => ({
    kind: 'told',
    id: '',
    at,
    eventIds,
    known: {},
  }));
  const known = Object.fromEntries(posts);
  return posts.size === 0
    ? events
    : [...events, { kind: 'told', id: '', at: 0, eventIds: [], known }];
}

/** A memory of what the log tells, and the deliveries in it that were not told yet. */
export function readMemory(records: readonly LogRecord[]): {
  readonly memory: DeliveryMemory;
  readonly pending: readonly LoggedDelivery[];
} {
  const memory = createDeliveryMemory();
  const pending = new Map<string, LoggedDelivery>();
  for (const record of records) {
    if (record.kind === 'delivery') {
      pending.set(record.id, record);
    } else {
      pending.delete(record.id);
      memory.learn(record);
    }
  }
  return { memory, pending: [...pending.values()] };
}
