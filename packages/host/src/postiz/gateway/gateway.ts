import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callerKey } from '../../gateway/caller-key.ts';
import type { Desk } from '../desk.ts';
import { changeDate, changeStatus } from './change-post.ts';
import { createPosts, type Outcome } from './create-posts.ts';
import { deletePosts } from './delete-posts.ts';
import { denyAssistant, type OwnReply } from './deny.ts';
import { readCreate } from './plan-create.ts';
import { BodyError, jsonBody, readBody } from './read-body.ts';
import { routeOf, type Route } from './routes.ts';
import {
  boundaryOf,
  clientOfUpload,
  countFile,
  dropMedia,
  makeRoom,
  settleUpload,
} from './uploads.ts';
import {
  answerWith,
  createUpstream,
  UpstreamError,
  type Upstream,
  type UpstreamReply,
} from './upstream.ts';

/** The gateway before one Postiz. */
export interface PostizGateway {
  /** Listens, on a free port where 0 is asked for; answers the address. */
  readonly listen: (at: { readonly host: string; readonly port: number }) => Promise<string>;
  /** Takes nothing new, and ends once what is under way is answered, or after `graceMs` (30 s). */
  readonly close: (graceMs?: number) => Promise<void>;
}

/** What the gateway needs beside the desk. */
export interface GatewayOptions {
  /** Where Postiz is: what is sent to the gateway goes there, path and all. */
  readonly postizUrl: string;
  /** How long Postiz may take over what the gateway reads whole. */
  readonly timeLimitMs: number;
  /** What the webhook's path ends with. */
  readonly webhookToken: string;
  /** Hears a webhook's body. */
  readonly onWebhook: (body: Buffer) => Promise<void>;
  /** Something was done that a poll will show. */
  readonly pollSoon: () => void;
  /** Answers the gateway's own pages. */
  readonly page: (kind: 'health' | 'ready' | 'metrics' | 'findings') => Promise<OwnPage>;
}

/** A page of the gateway's own. */
export interface OwnPage {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface Visit {
  readonly desk: Desk;
  readonly options: GatewayOptions;
  readonly upstream: Upstream;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const MOST_WEBHOOK_BYTES = 1_048_576;
const GRACE_MS = 30_000;

/** A gateway that lets through what is allowed, and passes on all that it need not judge as it came. */
export function createPostizGateway(desk: Desk, options: GatewayOptions): PostizGateway {
  const upstream = createUpstream({
    url: options.postizUrl,
    timeLimitMs: options.timeLimitMs,
    whenBroken: (cause) => desk.log.warn({ cause: cause.message }, 'Postiz cannot be reached'),
  });
  const server = createServer((request, response) => {
    const visit: Visit = { desk, options, upstream, request, response };
    visitRoute(visit).catch((cause: unknown) => answerBroken(visit, cause));
  });
  // Uploads of large videos take their time; Node's own limit is 5 minutes.
  server.requestTimeout = 0;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('upgrade', (request, socket, head) => upstream.upgrade(request, socket, head));
  return {
    listen: (at) => listen(server, at),
    async close(graceMs = GRACE_MS) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
      upstream.close();
    },
  };
}

async function visitRoute(visit: Visit): Promise<void> {
  const { desk, options, upstream, request, response } = visit;
  const route = routeOf(request.method ?? 'GET', request.url ?? '/');
  switch (route.kind) {
    case 'pass':
      desk.tally.add('passed');
      upstream.pass(request, response);
      return;
    case 'assistant':
      return visitAssistant(visit);
    case 'webhook':
      return visitWebhook(visit, route.token);
    case 'health':
    case 'ready':
    case 'metrics':
    case 'findings': {
      const { status, type, text } = await options.page(route.kind);
      response.writeHead(status, { 'content-type': type }).end(text);
      return;
    }
    case 'poll-after':
    case 'channels':
      return visitAfter(visit, route);
    case 'upload':
      return visitUpload(visit);
    case 'create':
    case 'status':
    case 'date':
      return answerOutcome(response, await visitJudged(visit, route));
    case 'upload-from-url':
    case 'save-media':
      return visitSavedMedia(visit);
    case 'delete-post':
    case 'delete-group':
    case 'delete-media':
      return visitDeletion(visit, route);
  }
}

/** What can schedule a post: read whole, judged, and only then sent on. */
async function visitJudged(
  { desk, upstream, request }: Visit,
  route: Route & { readonly kind: 'create' | 'status' | 'date' },
): Promise<Outcome> {
  const bytes = await readBody(request);
  const body = await jsonBody(request, bytes);
  const send = (): Promise<UpstreamReply> => upstream.send(request, bytes);
  switch (route.kind) {
    case 'create': {
      const own = callerKey(request.headers['idempotency-key']);
      const key = own === undefined ? undefined : `pz:${own}`;
      return createPosts(desk, { ...readCreate(body, desk.now()), key }, send);
    }
    case 'status':
      return changeStatus(desk, { postId: route.postId, body }, send);
    case 'date':
      return changeDate(desk, { postId: route.postId, body }, send);
  }
}

function answerOutcome(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === 'passed') answerWith(response, outcome.reply);
  else answerOwn(response, outcome.reply);
}

async function visitUpload({ desk, upstream, request, response }: Visit): Promise<void> {
  const { 'content-length': length, 'content-type': type } = request.headers;
  const clientId = clientOfUpload(desk, request);
  // More than the file by the frame around it, so that what is let through fits.
  const announced = Number(length ?? 0);
  const room = await makeRoom(desk, {
    clientId,
    bytes: Number.isSafeInteger(announced) ? announced : 0,
  });
  if (room.kind === 'own') return refuseUpload(request, response, room.reply);
  if (request.headers.expect !== undefined) response.writeContinue();
  const counter = countFile(boundaryOf(type));
  let reply: UpstreamReply | undefined;
  try {
    request.on('aborted', () => counter.destroy(new Error('the upload was given up')));
    reply = await upstream.send(request, request.pipe(counter));
  } finally {
    await settleUpload(desk, { room, reply, bytes: counter.bytes() });
  }
  answerWith(response, reply);
}

// The rest of the file is not wanted: the connection ends with the answer.
function refuseUpload(request: IncomingMessage, response: ServerResponse, reply: OwnReply): void {
  response.setHeader('connection', 'close');
  answerOwn(response, reply);
  request.resume();
}

async function visitSavedMedia({ desk, upstream, request, response }: Visit): Promise<void> {
  const bytes = await readBody(request);
  const clientId = clientOfUpload(desk, request);
  const room = await makeRoom(desk, { clientId, bytes: 0 });
  if (room.kind === 'own') return answerOwn(response, room.reply);
  let reply: UpstreamReply | undefined;
  try {
    reply = await upstream.send(request, bytes);
  } finally {
    await settleUpload(desk, { room, reply, bytes: undefined });
  }
  answerWith(response, reply);
}

async function visitDeletion(
  { desk, options, upstream, request, response }: Visit,
  route: Route & { readonly kind: 'delete-post' | 'delete-group' | 'delete-media' },
): Promise<void> {
  const reply = await upstream.send(request, await readBody(request));
  if (route.kind === 'delete-media') await dropMedia(desk, route.mediaId, reply);
  else {
    await deletePosts(
      desk,
      route.kind === 'delete-post' ? { postId: route.postId } : { group: route.group },
      reply,
    );
    options.pollSoon();
  }
  answerWith(response, reply);
}

async function visitAfter(
  { desk, options, upstream, request, response }: Visit,
  route: Route & { readonly kind: 'poll-after' | 'channels' },
): Promise<void> {
  const reply = await upstream.send(request, await readBody(request));
  if (route.kind === 'channels') {
    await desk.channels.refresh().catch((cause: unknown) => {
      desk.log.warn({ cause: String(cause) }, 'the channels could not be read anew');
    });
  }
  options.pollSoon();
  answerWith(response, reply);
}

async function visitAssistant({
  desk,
  options,
  upstream,
  request,
  response,
}: Visit): Promise<void> {
  if (desk.settings.assistants === 'block') {
    desk.tally.add('assistants_blocked');
    request.resume();
    return answerOwn(response, denyAssistant(desk.settings));
  }
  response.on('close', options.pollSoon);
  upstream.pass(request, response);
}

async function visitWebhook({ options, request, response }: Visit, token: string): Promise<void> {
  if (request.method !== 'POST' || token !== options.webhookToken) {
    request.resume();
    response.writeHead(404).end();
    return;
  }
  await options.onWebhook(await readBody(request, MOST_WEBHOOK_BYTES));
  response.writeHead(204).end();
}

function answerOwn(response: ServerResponse, { status, body }: OwnReply): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

function answerBroken({ desk, request, response }: Visit, cause: unknown): void {
  request.resume();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (cause instanceof BodyError) {
    const { status, message } = cause;
    return answerOwn(response, { status, body: { statusCode: status, message } });
  }
  if (cause instanceof UpstreamError) {
    const status = cause.isTimeout ? 504 : 502;
    return answerOwn(response, { status, body: { statusCode: status, message: cause.message } });
  }
  desk.log.warn(
    { cause: cause instanceof Error ? cause.stack : String(cause) },
    'a request broke the gateway',
  );
  answerOwn(response, { status: 500, body: { statusCode: 500, message: 'The gateway failed.' } });
}

async function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return `http://${at.host}:${isAddress(address) ? address.port : at.port}`;
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
