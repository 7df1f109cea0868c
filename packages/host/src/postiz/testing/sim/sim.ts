import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SimReply, SimRequest, SimRules } from './sim-call.ts';
import { advance, type SimFates } from './sim-clock.ts';
import { answerAs } from './sim-routes.ts';
import {
  newSimState,
  type SimChannel,
  type SimCustomer,
  type SimPost,
  type SimState,
} from './sim-state.ts';

export type { SimPost } from './sim-state.ts';

/** How the sim's webhook speaks: as it does today, as it will once fixed, or as its "Send Test" button does. */
export type SimWebhookMode = 'empty' | 'fixed' | 'test';

/** What a request meets on its way: nothing arrives, the answer is lost, or it comes late. */
export type SimFault = 'lost' | 'unanswered' | { readonly delayMs: number };

/** What a sim starts from. */
export interface SimOptions {
  readonly now: string;
  readonly apiKey?: string;
  readonly postsPerHour?: number;
  readonly customers?: readonly SimCustomer[];
  readonly channels?: readonly (Pick<SimChannel, 'id' | 'name' | 'identifier' | 'customerId'> &
    Partial<SimChannel>)[];
  readonly fates?: SimFates;
  readonly analytics?: (id: string, days: number) => unknown;
}

/** A request that reached the sim. */
export interface SimCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** An answer given instead of Postiz's own; it stays until it was given `times` times. */
export interface SimScript {
  readonly method: string;
  readonly path: RegExp;
  readonly reply: SimReply;
  readonly times?: number;
}

/** A stand-in for Postiz that speaks its API, publishes by its own clock and sends its webhook. */
export interface PostizSim {
  readonly url: string;
  readonly apiKey: string;
  readonly state: SimState;
  readonly calls: SimCall[];
  script(script: SimScript): void;
  /** The ids that the next rows get. */
  nextIds(ids: readonly string[]): void;
  fates(fates: SimFates): void;
  faults(fault: ((call: SimCall) => SimFault | undefined) | undefined): void;
  webhook(target: { readonly url: string; readonly mode: SimWebhookMode } | undefined): void;
  analytics(answer: (id: string, days: number) => unknown): void;
  /** Moves the clock; due posts go out, and their webhooks are sent one after the other. */
  advanceTo(at: string | number): Promise<void>;
  /** Closes every connection and listens again on the same port: what it remembers stays. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sim on a free port. */
export async function startPostizSim(options: SimOptions): Promise<PostizSim> {
  const state = newSimState(Date.parse(options.now));
  for (const customer of options.customers ?? []) state.customers.set(customer.id, customer);
  for (const channel of options.channels ?? []) {
    state.channels.set(channel.id, { disabled: false, refreshNeeded: false, ...channel });
  }
  const calls: SimCall[] = [];
  const scripts: (SimScript & { left: number })[] = [];
  let fates: SimFates = options.fates ?? (() => 'publish');
  let fault: ((call: SimCall) => SimFault | undefined) | undefined;
  let target: { readonly url: string; readonly mode: SimWebhookMode } | undefined;
  let port = 0;
  let analytics = options.analytics ?? (() => []);
  const url = (): string => `http://127.0.0.1:${port}`;
  const rules: SimRules = {
    apiKey: options.apiKey ?? 'sim-api-key',
    postsPerHour: options.postsPerHour ?? Infinity,
    mediaUrl: url,
    analytics: (id, days) => analytics(id, days),
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readRequest(request);
    const call = { method: asked.method, path: request.url ?? '', body: bodyText(asked) };
    const met = fault?.(call);
    if (met === 'lost') return void request.socket.destroy();
    calls.push(call);
    if (asked.path.startsWith('/uploads/')) return serveMedia(state, asked, response);
    const reply = scripted(scripts, asked) ?? answerAs(state, rules, asked);
    if (met === 'unanswered') return void request.socket.destroy();
    if (met) await new Promise((resolve) => setTimeout(resolve, met.delayMs));
    const text = JSON.stringify(reply.body);
    response.writeHead(reply.status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  const listen = async (): Promise<Server> => {
    const server = createServer((request, response) => {
      serve(request, response).catch(() => request.socket.destroy());
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    port = (server.address() as AddressInfo).port;
    return server;
  };
  let server = await listen();

  return {
    get url() {
      return url();
    },
    apiKey: rules.apiKey,
    state,
    calls,
    script: (script) => void scripts.push({ ...script, left: script.times ?? 1 }),
    nextIds: (ids) => void state.nextIds.push(...ids),
    fates: (next) => void (fates = next),
    faults: (next) => void (fault = next),
    webhook: (next) => void (target = next),
    analytics: (answer) => void (analytics = answer),
    async advanceTo(at) {
      const live = advance(state, typeof at === 'number' ? at : Date.parse(at), fates);
      if (!target) return;
      for (const post of live) await send(target.url, webhookBody(state, post, target.mode));
    },
    async restart() {
      await stop(server);
      server = await listen();
    },
    close: () => stop(server),
  };
}

async function readRequest(request: IncomingMessage): Promise<SimRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sim');
  return {
    method: request.method ?? 'GET',
    path: pathname.replace(/^\/api(?=\/)/u, ''),
    query: searchParams,
    headers: request.headers,
    body: chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks),
  };
}

function bodyText({ headers, body }: SimRequest): string {
  return String(headers['content-type']).includes('json') ? body.toString('utf8') : '';
}

function scripted(
  scripts: (SimScript & { left: number })[],
  { method, path }: SimRequest,
): SimReply | undefined {
  const found = scripts.findLast(
    (one) => one.left > 0 && one.method === method && one.path.test(path),
  );
  if (!found) return undefined;
  found.left -= 1;
  return found.reply;
}

function serveMedia(state: SimState, { path, method }: SimRequest, response: ServerResponse): void {
  const media = state.media.get(/\/uploads\/(.+)\.png$/u.exec(path)?.[1] ?? '');
  response.writeHead(media ? 200 : 404, media ? { 'content-length': media.bytes } : {});
  response.end(media && method === 'GET' ? Buffer.alloc(media.bytes) : undefined);
}

/** `sendWebhooks`: no name, no id, no signature, no retry, and nobody looks at the answer. */
async function send(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
}

function webhookBody(state: SimState, post: SimPost, mode: SimWebhookMode): unknown[] {
  if (mode === 'empty') return [];
  const { id, content, releaseURL, state: postState } = post;
  const channel = state.channels.get(post.channelId);
  const item = (providerIdentifier = 'x') => ({
    id,
    content,
    publishDate: new Date(post.publishDate).toISOString(),
    releaseURL,
    state: postState,
    integration: {
      id: post.channelId,
      name: channel?.name,
      providerIdentifier,
      picture: 'https://uploads.postiz.com/a.jpg',
      type: 'social',
    },
  });
  if (mode === 'fixed') return [item(channel?.identifier)];
  return [item('instagram'), item('facebook')];
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
