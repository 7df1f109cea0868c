import { request as httpRequest } from 'node:http';

import { isFields, textOf, type Fields } from '../compare.ts';
import type { PostizWorld } from './world.ts';

/** What the gateway answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a request of a case to the gateway; a body that is announced and not given is never sent. */
export function send(world: Pick<PostizWorld, 'url' | 'sim'>, request: Fields): Promise<Answer> {
  const { method, path, body, rawBody } = request;
  const text =
    typeof rawBody === 'string' ? rawBody : body === undefined ? undefined : JSON.stringify(body);
  const headers = headersOf(world, request, text !== undefined);
  const target = new URL(textOf(path).replace('<token>', 'token-of-the-case'), world.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(target, { method: textOf(method), headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 0, body: parsed(Buffer.concat(chunks)) });
        sent.destroy();
      });
    });
    sent.on('error', reject);
    const isAnnounced = headers['content-length'] !== undefined && text === undefined;
    if (isAnnounced) sent.flushHeaders();
    else sent.end(text);
  });
}

function headersOf(
  world: Pick<PostizWorld, 'sim'>,
  request: Fields,
  hasBody: boolean,
): Record<string, string> {
  const told = isFields(request['headers']) ? request['headers'] : {};
  const headers: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {};
  for (const [name, value] of Object.entries(told)) {
    headers[name.toLowerCase()] = textOf(value).replace('<api-key>', world.sim.apiKey);
  }
  return headers;
}

function parsed(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch {
    return bytes.toString('utf8');
  }
}
