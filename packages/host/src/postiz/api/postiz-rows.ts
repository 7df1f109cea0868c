/** A channel as Postiz lists it. */
export interface PostizChannel {
  readonly id: string;
  readonly name: string;
  /** Postiz's name of the network: `x`, `linkedin-page`. */
  readonly identifier: string;
  readonly disabled: boolean;
  /** Whose it is; most installations call this a group. */
  readonly customer: PostizCustomer | undefined;
}

/** A label on channels; Retainer's client. */
export interface PostizCustomer {
  readonly id: string;
  readonly name: string;
}

export type PostizState = 'QUEUE' | 'PUBLISHED' | 'ERROR' | 'DRAFT';

/** A root post as Postiz lists it; a recurring one comes once for each slot of the window. */
export interface PostizPost {
  readonly id: string;
  readonly content: string;
  /** Of a recurring post: the slot. */
  readonly publishDate: number;
  /** Of a recurring post: its first slot. */
  readonly actualDate: number | undefined;
  readonly state: PostizState;
  readonly releaseURL: string | undefined;
  readonly releaseId: string | undefined;
  readonly everyDays: number | undefined;
  readonly group: string | undefined;
  readonly creationMethod: string | undefined;
  readonly channelId: string;
  readonly identifier: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The channels in a reply of `GET /integrations`; what is no channel is left out. */
export function channelsIn(reply: unknown): PostizChannel[] {
  return listIn(reply).flatMap((row) => {
    const { id, name, identifier, disabled, customer } = row;
    if (typeof id !== 'string') return [];
    return {
      id,
      name: textOf(name) ?? id,
      identifier: textOf(identifier) ?? '',
      disabled: disabled === true,
      customer: isFields(customer) ? customersIn([customer])[0] : undefined,
    };
  });
}

/** The customers in a reply of `GET /groups`. */
export function customersIn(reply: unknown): PostizCustomer[] {
  return listIn(reply).flatMap(({ id, name }) =>
    typeof id === 'string' ? [{ id, name: textOf(name) ?? id }] : [],
  );
}

/** The posts in a reply of `GET /posts`; undefined where it is no list of posts, which must not read as empty. */
export function postsIn(reply: unknown): PostizPost[] | undefined {
  const rows = isFields(reply) ? reply['posts'] : undefined;
  return Array.isArray(rows) ? listIn(rows).flatMap((row) => postIn(row) ?? []) : undefined;
}

/** One post of a list, or of a webhook's body. */
export function postIn(row: unknown): PostizPost | undefined {
  if (!isFields(row) || !isFields(row['integration'])) return undefined;
  const { id, state, integration } = row;
  const publishDate = instantOf(row['publishDate']);
  const channelId = textOf(row['integration']['id']);
  if (typeof id !== 'string' || channelId === undefined) return undefined;
  if (!isState(state) || publishDate === undefined) return undefined;
  return {
    id,
    content: textOf(row['content']) ?? '',
    publishDate,
    actualDate: instantOf(row['actualDate']),
    state,
    releaseURL: textOf(row['releaseURL']),
    releaseId: textOf(row['releaseId']),
    everyDays: daysOf(row['intervalInDays']),
    group: textOf(row['group']),
    creationMethod: textOf(row['creationMethod']),
    channelId,
    identifier: textOf(isFields(integration) && integration['providerIdentifier']) ?? '',
  };
}

function daysOf(interval: unknown): number | undefined {
  const days = Number(interval ?? 0);
  return days > 0 ? days : undefined;
}

/** What a create call made: `[{ postId, integration }]`. */
export function createdIn(
  reply: unknown,
): { readonly postId: string; readonly channelId: string }[] {
  return listIn(reply).flatMap(({ postId, integration }) =>
    typeof postId === 'string' && typeof integration === 'string'
      ? [{ postId, channelId: integration }]
      : [],
  );
}

const NAIVE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/u;

/** A time as Postiz reads it: without an offset it is UTC. Undefined where it is no time. */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = typeof value === 'string' ? value.trim() : value;
  const isNaive = typeof text === 'string' && NAIVE.test(text) && text.length > 10;
  const at =
    typeof text === 'number' ? text : Date.parse(isNaive ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isFinite(at) ? at : undefined;
}

/** Whether a value is an object with named values. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isState(value: unknown): value is PostizState {
  return value === 'QUEUE' || value === 'PUBLISHED' || value === 'ERROR' || value === 'DRAFT';
}
