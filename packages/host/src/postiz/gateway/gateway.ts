import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Desk } from '../desk.ts';
import { answerBroken, answerOwn } from './answers.ts';
import { denyAssistant } from './deny.ts';
import { readBody } from './read-body.ts';
import { routeOf } from './routes.ts';
import { createUpstream } from './upstream.ts';
import { visitSavedMedia, visitUpload } from './visit-media.ts';
import { answerOutcome, visitAfter, visitDeletion, visitJudged } from './visit-posts.ts';
import type { GatewayOptions, Visit } from './visit.ts';

/** The gateway before one Postiz. */
export interface PostizGateway {
  /** Listens, on a free port where 0 is asked for; answers the address. */
  readonly listen: (at: { readonly host: string; readonly port: number }) => Promise<string>;
  /** Takes nothing new, and ends once what is under way is answered, or after `graceMs` (30 s). */
  readonly close: (graceMs?: number) => Promise<void>;
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
