import { randomUUID } from 'node:crypto';

export type SimPostState = 'QUEUE' | 'PUBLISHED' | 'ERROR' | 'DRAFT';

/** A row of Postiz's `Post` table: a root, or a part of its thread. */
export interface SimPost {
  readonly id: string;
  state: SimPostState;
  publishDate: number;
  channelId: string;
  content: string;
  group: string;
  parentPostId: string | undefined;
  releaseId: string | null;
  releaseURL: string | null;
  settings: Readonly<Record<string, unknown>>;
  image: readonly unknown[];
  creationMethod: string;
  intervalInDays: number | null;
  deleted: boolean;
  /** When its workflow wakes; none runs without. */
  dueAt: number | undefined;
  /** How often it went out. */
  runs: number;
  /** Tries of the present run. */
  tries: number;
}

/** A label of Postiz's that channels carry: what we call a client. */
export interface SimCustomer {
  readonly id: string;
  readonly name: string;
}

/** A connected account. */
export interface SimChannel {
  readonly id: string;
  readonly name: string;
  identifier: string;
  disabled: boolean;
  refreshNeeded: boolean;
  customerId: string | undefined;
}

/** A file of the library; Postiz never writes its size. */
export interface SimMedia {
  readonly id: string;
  readonly name: string;
  readonly originalName: string;
  readonly path: string;
  readonly bytes: number;
}

/** One post that really went out, as only the platform knows it. */
export interface SimPublish {
  readonly postId: string;
  readonly channelId: string;
  /** Whose the channel was when it went out. */
  readonly customerId: string | undefined;
  /** The time it was meant for. */
  readonly slot: number;
  readonly at: number;
  readonly releaseURL: string;
  /** False where Postiz itself never learned that it went out. */
  readonly known: boolean;
}

/** Everything the sim remembers. A restart keeps it, as PostgreSQL and Temporal do. */
export interface SimState {
  now: number;
  readonly customers: Map<string, SimCustomer>;
  readonly channels: Map<string, SimChannel>;
  readonly posts: Map<string, SimPost>;
  readonly media: Map<string, SimMedia>;
  readonly published: SimPublish[];
  /** Ids that the next rows get, in order. */
  readonly nextIds: string[];
  /** When each POST of posts came, for the throttle. */
  readonly throttled: number[];
  serial: number;
}

/** A sim's memory at its beginning. */
export function newSimState(now: number): SimState {
  return {
    now,
    customers: new Map(),
    channels: new Map(),
    posts: new Map(),
    media: new Map(),
    published: [],
    nextIds: [],
    throttled: [],
    serial: 0,
  };
}

/** One channel's part of a create call. */
export interface SimPostBody {
  readonly integration: { readonly id: string };
  readonly value: readonly {
    readonly content: string;
    readonly id?: string;
    readonly image?: readonly unknown[];
  }[];
  readonly group?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What a create call says of all its posts. */
export interface SimCreate {
  readonly type: 'draft' | 'schedule' | 'now' | 'update';
  readonly date: string;
  readonly inter?: number;
  readonly creationMethod: string;
}

/** `createOrUpdatePost`: upserts the parts of one channel's thread, and deletes what the old group had besides. */
export function createOrUpdate(state: SimState, body: SimPostBody, create: SimCreate): SimPost {
  const group = randomUUID();
  const rows: SimPost[] = [];
  for (const value of body.value) {
    const row = rowFor(state, value.id, create.creationMethod);
    Object.assign(row, {
      publishDate: dateOf(state, create),
      channelId: body.integration.id,
      content: value.content,
      group,
      parentPostId: rows.at(-1)?.id,
      intervalInDays: create.inter ?? null,
      image: value.image ?? [],
      settings: { __type: state.channels.get(body.integration.id)?.identifier, ...body.settings },
      deleted: false,
    });
    row.state = stateOf(row, create);
    state.posts.set(row.id, row);
    rows.push(row);
  }
  if (body.group !== undefined) deleteGroup(state, body.group);
  const [root] = rows;
  if (!root) throw new Error('a create call without a value');
  if (create.type !== 'update') startWorkflow(state, root);
  return root;
}

// Pinned by the code: an update leaves the state, and a new row's default is QUEUE.
function stateOf(row: SimPost, { type }: SimCreate): SimPostState {
  if (type === 'update') return row.state;
  return type === 'draft' ? 'DRAFT' : 'QUEUE';
}

function rowFor(state: SimState, id: string | undefined, creationMethod: string): SimPost {
  const known = id === undefined ? undefined : state.posts.get(id);
  return known ?? blankPost(id ?? nextId(state), creationMethod);
}

// What goes out now has the minute.
function dateOf(state: SimState, { type, date }: SimCreate): number {
  return type === 'now' ? Math.floor(state.now / 60_000) * 60_000 : naiveUtc(date);
}

/** `startWorkflow`: wakes at the publish date, at once where that is past; a draft has none. */
export function startWorkflow(state: SimState, root: SimPost): void {
  root.tries = 0;
  root.dueAt = root.state === 'DRAFT' ? undefined : Math.max(state.now, root.publishDate);
}

/** `deletePost`: takes away all rows of a group, published ones too. */
export function deleteGroup(state: SimState, group: string): void {
  for (const row of state.posts.values()) {
    if (row.group !== group) continue;
    row.deleted = true;
    row.dueAt = undefined;
  }
}

/** `dayjs(date)` under TZ=UTC: text without an offset is UTC. */
export function naiveUtc(date: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(date) ? date : `${date}Z`);
}

/** An id as the database makes them, or the next one that the test asked for. */
export function nextId(state: SimState): string {
  state.serial += 1;
  return state.nextIds.shift() ?? `cmsim${state.serial.toString(36).padStart(20, '0')}`;
}

function blankPost(id: string, creationMethod: string): SimPost {
  return {
    id,
    state: 'QUEUE',
    publishDate: 0,
    channelId: '',
    content: '',
    group: '',
    parentPostId: undefined,
    releaseId: null,
    releaseURL: null,
    settings: {},
    image: [],
    creationMethod,
    intervalInDays: null,
    deleted: false,
    dueAt: undefined,
    runs: 0,
    tries: 0,
  };
}
