import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import { isFields, textOf, type Fields } from './compare.ts';

/** A running API and the operator's token for it. */
export interface Target {
  readonly url: string;
  readonly adminToken: string;
}

/** One request to the REST API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token: string;
  /** The instant that the service must take for now; the real time when left out. */
  readonly at?: string;
  readonly query?: Fields;
  readonly body?: Fields;
}

/** An answer below 500 that the API gave on purpose. */
export interface Reply {
  readonly status: number;
  readonly body: Fields;
}

/** Sends one request and waits for its answer. */
export type Send = (call: Call) => Promise<Reply>;

/** A connection that carries one request after the other. */
export interface Connection {
  readonly send: Send;
  close(): void;
}

const TIMEOUT_MS = 60_000;
/** Answers that speak of the caller or of the service, never of the request: no case can mean them. */
const NEVER_AN_ANSWER: ReadonlySet<number> = new Set([401, 403, 429]);

/** Opens a connection that is used again and again, by one request at a time. */
export function connect(target: Target): Connection {
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = isHttps(target) ? new HttpsAgent(options) : new HttpAgent(options);
  return { send: (call) => exchange(target, call, agent), close: () => agent.destroy() };
}

/** Sends every request over a connection of its own. */
export function sendAlone(target: Target): Send {
  return (call) => exchange(target, call, false);
}

/** The body of an answer, or an error that says what was refused. */
export async function sendOrThrow(send: Send, call: Call): Promise<Fields> {
  const reply = await send(call);
  if (reply.status >= 400)
    throw new Error(describe(call, reply.status, JSON.stringify(reply.body)));
  return reply.body;
}

async function exchange(target: Target, call: Call, agent: HttpAgent | false): Promise<Reply> {
  const { status, text } = await transmit(target, call, agent);
  if (status >= 500 || NEVER_AN_ANSWER.has(status)) throw new Error(describe(call, status, text));
  return { status, body: parseObject(call, status, text) };
}

function transmit(
  target: Target,
  call: Call,
  agent: HttpAgent | false,
): Promise<{ readonly status: number; readonly text: string }> {
  const url = urlOf(target, call);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const send = isHttps(target) ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: call.method, agent, headers: headersOf(call) }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.setTimeout(TIMEOUT_MS, () =>
      request.destroy(new Error(`${call.method} ${call.path}: no answer within ${TIMEOUT_MS} ms`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}

function headersOf(call: Call): Record<string, string> {
  return {
    authorization: `Bearer ${call.token}`,
    accept: 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.at === undefined ? {} : { 'x-test-clock': call.at }),
  };
}

function urlOf(target: Target, call: Call): URL {
  const url = new URL(target.url.replace(/\/$/, '') + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, textOf(value));
  }
  return url;
}

function parseObject(call: Call, status: number, text: string): Fields {
  try {
    const body: unknown = JSON.parse(text);
    if (isFields(body)) return body;
  } catch {
    // Told below, with the whole answer.
  }
  throw new Error(`${describe(call, status, text)}: expected a JSON object`);
}

function describe(call: Call, status: number, text: string): string {
  return `${call.method} ${call.path} answered ${status} ${text.slice(0, 600)}`;
}

function isHttps(target: Target): boolean {
  return target.url.startsWith('https:');
}
