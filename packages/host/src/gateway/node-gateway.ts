import type { IncomingMessage, ServerResponse } from 'node:http';

import type { GatewayReply, GatewayRequest } from './gateway-host.ts';
import type { HostGatewayOptions } from './gateway-options.ts';
import type { HostGateway } from './host-gateway.ts';

/** Headers that are about one connection, or that change with the body; none of them is sent on. */
const NOT_SENT_ON: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The largest body of a call of a host's API that passes, in bytes. */
const LARGEST_BODY = 50 * 1024 * 1024;

/** Sends requests on to the API at this address, as they came. */
export function sendTo(url: string | URL, send: typeof fetch = fetch): HostGatewayOptions['send'] {
  const root = String(url).replace(/\/+$/u, '');
  return async ({ method, path, headers, body }) => {
    const hasBody = body.byteLength > 0 && method !== 'GET' && method !== 'HEAD';
    const response = await send(`${root}${path}`, {
      method,
      headers: kept(Object.entries(headers)),
      body: hasBody ? Buffer.from(body) : null,
      redirect: 'manual',
    });
    return {
      status: response.status,
      headers: kept([...response.headers]),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
}

/** Serves a gateway with a Node HTTP server. A host that cannot be reached is answered for with 502. */
export function gatewayHandler(
  gateway: HostGateway,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const read = await readRequest(request);
    if (read === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const reply = await gateway(read).catch((): GatewayReply => UNREACHABLE);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  };
}

const UNREACHABLE: GatewayReply = { status: 502, headers: {}, body: new Uint8Array() };

async function readRequest(request: IncomingMessage): Promise<GatewayRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(bytes);
  }
  const { method = 'GET', url: path = '/' } = request;
  const entries = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return { method, path, headers: Object.fromEntries(entries), body: Buffer.concat(chunks) };
}

function kept(headers: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !NOT_SENT_ON.has(name.toLowerCase())));
}
