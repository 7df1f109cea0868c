import type { HookEvent } from '../../calls/hook-bodies.ts';
import type { Finding, MediaRecord, PostRecord, RequestRecord } from './records.ts';
import type { StateChange, StateStore } from './state-store.ts';

/** What Retainer has yet to be told of one request, in its order. */
export interface Errand {
  readonly id: string;
  readonly events: readonly HookEvent[];
}

interface Kinds {
  readonly post: PostRecord;
  readonly request: RequestRecord;
  readonly media: MediaRecord;
  readonly finding: Finding;
  readonly errand: Errand;
}

/** Records of one kind, by id. */
export interface Shelf<T> {
  get(id: string): T | undefined;
  all(): IterableIterator<T>;
  readonly size: number;
}

/** What is put, or taken away when there is no value. */
export type Change = {
  readonly [TKind in keyof Kinds]: {
    readonly kind: TKind;
    readonly id: string;
    readonly value: Kinds[TKind] | undefined;
  };
}[keyof Kinds];

/** Everything the gateway and the poller know: read at once, and kept once `put` resolves. */
export interface Memory {
  readonly posts: Shelf<PostRecord>;
  readonly requests: Shelf<RequestRecord>;
  readonly media: Shelf<MediaRecord>;
  readonly findings: Shelf<Finding>;
  readonly errands: Shelf<Errand>;
  put(changes: readonly Change[]): Promise<void>;
  close(): Promise<void>;
}

const KINDS = ['post', 'request', 'media', 'finding', 'errand'] as const;

/** Opens what a store kept. */
export async function openMemory(store: StateStore): Promise<Memory> {
  const shelves: Readonly<Record<keyof Kinds, Map<string, unknown>>> = {
    post: new Map(),
    request: new Map(),
    media: new Map(),
    finding: new Map(),
    errand: new Map(),
  };
  for (const [key, value] of await store.read()) {
    const kind = KINDS.find((one) => key.startsWith(`${one}:`));
    if (kind) shelves[kind].set(key.slice(kind.length + 1), value);
  }
  return {
    posts: shelfOf(shelves.post),
    requests: shelfOf(shelves.request),
    media: shelfOf(shelves.media),
    findings: shelfOf(shelves.finding),
    errands: shelfOf(shelves.errand),
    async put(changes) {
      if (changes.length === 0) return;
      for (const { kind, id, value } of changes) {
        if (value === undefined) shelves[kind].delete(id);
        else shelves[kind].set(id, value);
      }
      await store.write(changes.map(asStored));
    },
    close: () => store.close(),
  };
}

/** A change that says something of a post to people; said once. */
export function findingOf(finding: Finding): Change {
  return { kind: 'finding', id: `${finding.postId} ${finding.flag}`, value: finding };
}

/** A shelf as what is on it: only this module writes the store, and `Change` says which kind holds what. */
function shelfOf<T>(values: ReadonlyMap<string, unknown>): Shelf<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const map = values as ReadonlyMap<string, T>;
  return {
    get: (id) => map.get(id),
    all: () => map.values(),
    get size() {
      return map.size;
    },
  };
}

function asStored({ kind, id, value }: Change): StateChange {
  return { key: `${kind}:${id}`, value };
}
