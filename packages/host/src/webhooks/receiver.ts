import { randomUUID } from 'node:crypto';

import type { HookCalls } from '../calls/hook-calls.ts';
import { jsonOf } from '../json.ts';
import type { Variants } from '../vocabulary/platforms.ts';
import { createUnknownNames } from '../vocabulary/unknown-names.ts';
import { readMemory } from './delivery-memory.ts';
import { endpointKey, indexEndpoints, type Endpoint, type KnownEndpoint } from './endpoint.ts';
import type { ParsedWebhook } from './host-post.ts';
import { WEBHOOK_HOSTS } from './hosts/webhook-hosts.ts';
import { createLanes } from './lanes.ts';
import type { DeliveryLog } from './log/delivery-log.ts';
import { judgeSignature } from './signatures/judge-signature.ts';
import { createTally, type DeliveryNote, type ReceiverStatus } from './tally.ts';
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
  /** Tells what waits; call it at a start and now and then. */
  readonly drain: () => Promise<void>;
  readonly status: () => ReceiverStatus;
  readonly largestBody: number;
}

const TOLERANCE_MS = 5 * 60_000;
const LARGEST_BODY = 1024 * 1024;
const ANSWER_WITHIN_MS = 3000;

/** Opens a receiver on a log; what the log has not told yet is told by the first `drain`. */
export async function openReceiver(options: ReceiverOptions): Promise<WebhookReceiver> {
  const { log, now = Date.now, largestBody = LARGEST_BODY } = options;
  const own = options.hosts ?? [];
  const hosts = [
    ...own,
    ...WEBHOOK_HOSTS.filter(({ name }) => !own.some((one) => one.name === name)),
  ];
  const endpoints = indexEndpoints(options.endpoints, hosts);
  const unknown = createUnknownNames();
  const tally = createTally(options.onNote ?? (() => {}));
  const { memory, pending } = readMemory(await log.read());
  await log.replace([...memory.records(now()), ...pending]);
  const { isSeen, knownPost } = memory;
  const { hooks, variants } = options;
  const platforms = { unknown, variants };
  const ctx = { hooks, tally, platforms, knownPost, isSeen, now, endpoints, log, memory };
  const lanes = createLanes(ctx, pending);

  const judged = (endpoint: KnownEndpoint, incoming: IncomingDelivery): Judged =>
    judgeDelivery(endpoint, incoming, {
      now: now(),
      toleranceMs: options.toleranceMs ?? TOLERANCE_MS,
    });
  const noteAll = (endpoint: KnownEndpoint, read: ParsedWebhook): void => {
    const { host, key } = endpoint;
    for (const name of read.unknown) {
      unknown.note({ kind: 'event', host, name });
      tally.note({ flag: 'unknown_event', host, endpoint: key, detail: name });
    }
    for (const { flag, channelId } of read.notes) {
      if (flag !== 'test') tally.note({ flag, host, endpoint: key, channelId });
    }
  };

  return {
    largestBody,
    drain: lanes.drain,
    status: () => ({ ...tally.read(), waiting: lanes.waiting(), unknown: unknown.list() }),
    receive: async (incoming) => {
      const endpoint = endpointAt(endpoints, incoming.path);
      if (endpoint === undefined) return { status: 404 };
      if (incoming.body.byteLength > largestBody) return { status: 413 };
      const { isSigned, isRefused, headers } = judged(endpoint, incoming);
      if (isRefused) {
        tally.note({ flag: 'bad_signature', host: endpoint.host, endpoint: endpoint.key });
        return { status: 401 };
      }
      tally.count('received');
      const body = jsonOf(textOfBytes(incoming.body));
      const read = endpoint.known.parse({ body, headers });
      noteAll(endpoint, read);
      if (read.pollHint) endpoint.onHint?.();
      // Where somebody polls at a hint, the poll is the record.
      const posts = read.pollHint && endpoint.onHint !== undefined ? [] : read.posts;
      if (posts.length === 0) return { status: statusOf(endpoint, read) };
      const id = randomUUID();
      const delivery = {
        kind: 'delivery',
        id,
        endpoint: endpoint.key,
        receivedAt: now(),
        isSigned,
        posts,
      } as const;
      await log.append(delivery);
      await atMost(lanes.enter(delivery), options.answerWithinMs ?? ANSWER_WITHIN_MS);
      return { status: statusOf(endpoint, read) };
    },
  };
}

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

function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
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
