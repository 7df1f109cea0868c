import { randomUUID } from 'node:crypto';

import type { HookCalls } from '../calls/hook-calls.ts';
import { isUndecided } from '../calls/hook-error.ts';
import { jsonOf } from '../json.ts';
import type { Variants } from '../vocabulary/platforms.ts';
import { createUnknownNames, type UnknownNames } from '../vocabulary/unknown-names.ts';
import { readMemory } from './delivery-memory.ts';
import { endpointKey, indexEndpoints, type Endpoint, type KnownEndpoint } from './endpoint.ts';
import type { HostPost, ParsedWebhook } from './host-post.ts';
import { WEBHOOK_HOSTS } from './hosts/webhook-hosts.ts';
import { isKnownState, waitingAmong, type WaitingPost } from './known-state.ts';
import { createLanes, type Lanes } from './lanes.ts';
import type { DeliveryLog, LoggedDelivery } from './log/delivery-log.ts';
import { postKey, postKeyPrefix } from './post-key.ts';
import { judgeSignature } from './signatures/judge-signature.ts';
import { createTally, type DeliveryNote, type ReceiverStatus, type Tally } from './tally.ts';
import { sendEvents, type TellingContext } from './tell-delivery.ts';
import { createUnclaimed, type UnclaimedHold } from './unclaimed.ts';
import type { WebhookHost } from './webhook-host.ts';

/** What a receiver works with. */
export interface ReceiverOptions {
  readonly endpoints: readonly Endpoint[];
  /** Where it tells what came: Retainer over HTTP. */
  readonly hooks: Pick<HookCalls, 'events'>;
  /** Where deliveries are kept until they are told. */
  readonly log: DeliveryLog;
  /** Hosts beside those that come along, or instead of one of the same name. */
  readonly hosts?: readonly WebhookHost[] | undefined;
  /** Whether a tier counts variants of a network as one platform. Default `collapse`. */
  readonly variants?: Variants | undefined;
  /** How far a signed time may be from now. Default 5 minutes. */
  readonly toleranceMs?: number | undefined;
  /** The largest body, in bytes. Default 1 MiB. */
  readonly largestBody?: number | undefined;
  /** How long an answer waits for Retainer before it goes out; what was kept is told anyway. Default 3 seconds. */
  readonly answerWithinMs?: number | undefined;
  readonly onNote?: ((note: DeliveryNote) => void) | undefined;
  /** Default: the system's clock. */
  readonly now?: (() => number) | undefined;
}

/** A delivery as it came in. */
export interface IncomingDelivery {
  /** The path, with or without a query: `/hooks/mixpost/<token>`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What the host is answered. */
export interface DeliveryReply {
  readonly status: 200 | 202 | 204 | 401 | 404 | 413;
}

/** Takes deliveries, keeps them, tells Retainer. */
export interface WebhookReceiver {
  /** Resolves once what came is kept: from then on a crash loses nothing. Rejects when it cannot be kept. */
  readonly receive: (incoming: IncomingDelivery) => Promise<DeliveryReply>;
  /**
   * Takes posts that were read at the host, as if it had told of them; what is known already says nothing. The address
   * must be one of an endpoint. Resolves once they are kept.
   */
  readonly observe: (at: EndpointAddress, posts: readonly HostPost[]) => Promise<void>;
  /**
   * Hears of a hold whose post its host may have made, though it did not answer so: a post of its channels and time that
   * turns up within 15 minutes has it; else the hold is given back by the next `drain`.
   */
  readonly expect: (at: EndpointAddress, hold: UnclaimedHold) => void;
  /** The posts that were last heard of as waiting, with their times. */
  readonly waitingPosts: (at: EndpointAddress) => readonly WaitingPost[];
  /** Tells what waits; call it at a start and now and then. */
  readonly drain: () => Promise<void>;
  readonly status: () => ReceiverStatus;
  readonly largestBody: number;
}

/** Which endpoint is meant. */
export type EndpointAddress = Pick<Endpoint, 'host' | 'token'>;

const TOLERANCE_MS = 5 * 60_000;
const LARGEST_BODY = 1024 * 1024;
const ANSWER_WITHIN_MS = 3000;
// So that the log of a process that never stops does not grow for ever.
const COMPACT_AFTER = 20_000;

/** Opens a receiver on a log; what the log has not told yet is told by the first `drain`. */
export async function openReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  const { hooks, log, variants, now = Date.now, largestBody = LARGEST_BODY } = options;
  const endpoints = indexEndpoints(options.endpoints, hostsOf(options));
  const unknown = createUnknownNames();
  const tally = createTally(options.onNote ?? (() => {}));
  const { memory, pending } = readMemory(await log.read());
  await log.replace(() => [...memory.records(now()), ...pending]);
  const { isSeen, knownPost } = memory;
  const platforms = { unknown, variants };
  const unclaimed = createUnclaimed(now, platforms);
  const asked = { knownPost, isSeen, now, unclaimed };
  const telling = { hooks, tally, platforms, ...asked, endpoints, log, memory };
  const lanes = createLanes(telling, pending);
  const arriving = new Set<LoggedDelivery>();
  const desk: Desk = { options, endpoints, unknown, tally, lanes, now, largestBody, arriving };
  let keptSince = 0;
  const endpointOf = (at: EndpointAddress): KnownEndpoint => {
    const endpoint = endpoints.get(endpointKey(at));
    if (endpoint === undefined) throw new Error(`There is no such endpoint of ${at.host}.`);
    return endpoint;
  };
  return {
    largestBody,
    drain: async () => {
      await lanes.drain();
      await giveBack(telling);
      const { received } = tally.read();
      if (received - keptSince < COMPACT_AFTER) return;
      keptSince = received;
      await log.replace(() => [...memory.records(now()), ...lanes.pending(), ...arriving]);
    },
    status: () => ({ ...tally.read(), waiting: lanes.pending().length, unknown: unknown.list() }),
    observe: async (at, posts) => {
      const endpoint = endpointOf(at);
      const fresh = posts.filter((post) => !isKnownState(post, knownPost(postKey(endpoint, post))));
      if (fresh.length > 0) await keep(desk, endpoint, { isSigned: true, posts: fresh });
    },
    expect: (at, hold) => unclaimed.keep(endpointOf(at).key, hold),
    waitingPosts: (at) => waitingAmong(memory.postsOf(postKeyPrefix(endpointOf(at)))),
    receive: (incoming) => receive(desk, incoming),
  };
}

/** Gives back the holds that no post claimed. */
async function giveBack(
  telling: TellingContext & { readonly endpoints: ReadonlyMap<string, KnownEndpoint> },
): Promise<void> {
  for (const over of telling.unclaimed.takeOver()) {
    const endpoint = telling.endpoints.get(over.endpointKey);
    try {
      // oxlint-disable-next-line no-await-in-loop -- few
      if (endpoint) await sendEvents(telling, { endpoint, events: [over.event] });
    } catch (error) {
      telling.unclaimed.put(over);
      if (!isUndecided(error)) throw error;
    }
  }
}

interface Desk {
  readonly options: ReceiverOptions;
  readonly endpoints: ReadonlyMap<string, KnownEndpoint>;
  readonly unknown: UnknownNames;
  readonly tally: Tally;
  readonly lanes: Lanes;
  readonly now: () => number;
  readonly largestBody: number;
  /** Deliveries that are on their way into the log. */
  readonly arriving: Set<LoggedDelivery>;
}

async function receive(desk: Desk, incoming: IncomingDelivery): Promise<DeliveryReply> {
  const endpoint = endpointAt(desk.endpoints, incoming.path);
  if (endpoint === undefined) return { status: 404 };
  if (incoming.body.byteLength > desk.largestBody) return { status: 413 };
  const { toleranceMs = TOLERANCE_MS } = desk.options;
  const { isSigned, isRefused, headers } = judgeDelivery(endpoint, incoming, {
    now: desk.now(),
    toleranceMs,
  });
  if (isRefused) {
    desk.tally.note({ flag: 'bad_signature', host: endpoint.host, endpoint: endpoint.key });
    return { status: 401 };
  }
  desk.tally.count('received');
  const body = jsonOf(new TextDecoder().decode(incoming.body));
  const read = endpoint.known.parse({ body, headers });
  noteAll(desk, endpoint, read);
  if (read.pollHint) await endpoint.onHint?.(incoming.body);
  // Where somebody polls at a hint, the poll is the record.
  const posts = read.pollHint && endpoint.onHint !== undefined ? [] : read.posts;
  if (posts.length > 0) await keep(desk, endpoint, { isSigned, posts });
  return { status: statusOf(endpoint, read) };
}

async function keep(desk: Desk, endpoint: KnownEndpoint, came: Came): Promise<void> {
  const base = { kind: 'delivery', id: randomUUID(), endpoint: endpoint.key } as const;
  const delivery: LoggedDelivery = { ...base, receivedAt: desk.now(), ...came };
  desk.arriving.add(delivery);
  let work: Promise<void>;
  try {
    await desk.options.log.append(delivery);
    work = desk.lanes.enter(delivery);
  } finally {
    desk.arriving.delete(delivery);
  }
  const { answerWithinMs = ANSWER_WITHIN_MS } = desk.options;
  await atMost(work, answerWithinMs);
}

function noteAll(
  { unknown, tally }: Desk,
  { host, key }: KnownEndpoint,
  read: ParsedWebhook,
): void {
  for (const name of read.unknown) {
    unknown.note({ kind: 'event', host, name });
    tally.note({ flag: 'unknown_event', host, endpoint: key, detail: name });
  }
  for (const { flag, channelId } of read.notes) {
    if (flag !== 'test') tally.note({ flag, host, endpoint: key, channelId });
  }
}

function hostsOf({ hosts: own = [] }: ReceiverOptions): readonly WebhookHost[] {
  const others = WEBHOOK_HOSTS.filter(({ name }) => !own.some((one) => one.name === name));
  return [...own, ...others];
}

type Came = Pick<LoggedDelivery, 'isSigned' | 'posts'>;

function statusOf({ known }: KnownEndpoint, read: ParsedWebhook): DeliveryReply['status'] {
  if (known.okStatus === 204) return 204;
  return read.posts.length === 0 && read.unknown.length > 0 ? 202 : 200;
}

const PATH = /\/hooks\/([^/?#]+)\/([^/?#]+)\/?(?:[?#]|$)/u;

function endpointAt(
  endpoints: ReadonlyMap<string, KnownEndpoint>,
  path: string,
): KnownEndpoint | undefined {
  const [, host, token] = PATH.exec(path) ?? [];
  if (host === undefined || token === undefined) return undefined;
  return endpoints.get(endpointKey({ host: decoded(host), token: decoded(token) }));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface Judged {
  readonly isSigned: boolean;
  readonly isRefused: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

function judgeDelivery(
  endpoint: KnownEndpoint,
  incoming: IncomingDelivery,
  clock: { readonly now: number; readonly toleranceMs: number },
): Judged {
  const headers = headerTexts(incoming.headers);
  const { secrets = [], schemes = endpoint.known.schemes } = endpoint;
  if (secrets.length === 0) return { isSigned: false, isRefused: false, headers };
  const verdict = judgeSignature(schemes, { body: incoming.body, headers, secrets, ...clock });
  return { isSigned: verdict === 'valid', isRefused: verdict !== 'valid', headers };
}

function headerTexts(headers: IncomingDelivery['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = typeof value === 'object' ? value.join(', ') : value;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}

/** Waits for the work, but not for ever: it goes on by itself. */
async function atMost(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
