import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Duplex, Readable } from 'node:stream';

import { createProxyServer } from 'http-proxy-3';

/** What Postiz answered to a request that the gateway read. */
export interface UpstreamReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as JSON; undefined where it is none. */
  readonly json: () => unknown;
}

/** Sends the request on as it came and waits for the whole answer; rejects with an `UpstreamError` alone. */
export type SendOn = () => Promise<UpstreamReply>;

/** Postiz did not answer: what it was sent may have been done all the same. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly isTimeout: boolean;

  constructor(message: string, isTimeout: boolean, cause: unknown) {
    super(message, { cause });
    this.isTimeout = isTimeout;
  }
}

/** The Postiz behind the gateway. */
export interface Upstream {
  /** Passes a request on as a stream, and its answer back as one. */
  readonly pass: (request: IncomingMessage, response: ServerResponse) => void;
  /** Passes a web socket on. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly send: (request: IncomingMessage, body: Buffer | Readable) => Promise<UpstreamReply>;
  readonly close: () => void;
}

/** Headers that are about one connection, and those the gateway sets itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  // An answer that is to be read must not be packed.
  'accept-encoding',
  'x-client-id',
]);

/** A way to the Postiz at `url`, over connections that stay open. */
export function createUpstream(options: {
  readonly url: string;
  readonly timeLimitMs: number;
  readonly whenBroken: (cause: Error) => void;
}): Upstream {
  const target = new URL(options.url);
  const isSecure = target.protocol === 'https:';
  const agentOptions = { keepAlive: true, maxSockets: 256 };
  const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const proxy = createProxyServer({ target, agent, xfwd: true, changeOrigin: false });
  proxy.on('error', (cause, _request, response) => {
    options.whenBroken(cause);
    answerBadGateway(response);
  });
  return {
    pass: (request, response) => proxy.web(request, response),
    upgrade: (request, socket, head) => proxy.ws(request, socket, head),
    send: (request, body) =>
      sendWhole({ target, agent, timeLimitMs: options.timeLimitMs }, request, body),
    close: () => {
      proxy.close();
      agent.destroy();
    },
  };
}

/** Answers with what Postiz answered, whole. */
export function answerWith(response: ServerResponse, reply: UpstreamReply): void {
  for (const [name, value] of Object.entries(reply.headers)) {
    if (value !== undefined && !OWN_HEADERS.has(name)) response.setHeader(name, value);
  }
  response.setHeader('content-length', reply.body.length);
  response.writeHead(reply.status).end(reply.body);
}

function sendWhole(
  to: { readonly target: URL; readonly agent: HttpAgent; readonly timeLimitMs: number },
  request: IncomingMessage,
  body: Buffer | Readable,
): Promise<UpstreamReply> {
  const { target, agent, timeLimitMs } = to;
  const options: RequestOptions = {
    agent,
    protocol: target.protocol,
    hostname: target.hostname,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: headersOf(request, body),
    signal: AbortSignal.timeout(timeLimitMs),
  };
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      const isTimeout =
        cause.name === 'TimeoutError' ||
        (cause.cause instanceof Error && cause.cause.name === 'TimeoutError');
      const message = isTimeout
        ? `Postiz did not answer within ${timeLimitMs} ms.`
        : 'Postiz cannot be reached.';
      reject(new UpstreamError(message, isTimeout, cause));
    };
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(options, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', fail);
      reply.on('end', () => resolve(replyOf(reply, Buffer.concat(chunks))));
    });
    sent.on('error', fail);
    if (Buffer.isBuffer(body)) {
      sent.end(body);
      return;
    }
    body.on('error', (cause) => sent.destroy(cause));
    body.pipe(sent);
  });
}

function headersOf(
  request: IncomingMessage,
  body: Buffer | Readable,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !OWN_HEADERS.has(name)) headers[name] = value;
  }
  const from = request.socket.remoteAddress;
  const before = request.headers['x-forwarded-for'];
  if (from !== undefined) {
    headers['x-forwarded-for'] = before === undefined ? from : `${String(before)}, ${from}`;
  }
  if (Buffer.isBuffer(body)) headers['content-length'] = String(body.length);
  return headers;
}

function replyOf(reply: IncomingMessage, body: Buffer): UpstreamReply {
  return {
    status: reply.statusCode ?? 502,
    headers: reply.headers,
    body,
    json() {
      try {
        const value: unknown = JSON.parse(body.toString('utf8'));
        return value;
      } catch {
        return undefined;
      }
    },
  };
}

function answerBadGateway(response: ServerResponse | Duplex): void {
  if (!('writeHead' in response)) {
    response.destroy();
    return;
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ statusCode: 502, message: 'Postiz cannot be reached.' });
  response.writeHead(502, { 'content-type': 'application/json' }).end(body);
}
