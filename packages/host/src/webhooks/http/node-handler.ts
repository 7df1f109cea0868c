import type { IncomingMessage, ServerResponse } from 'node:http';

import type { WebhookReceiver } from '../receiver.ts';

/** Answers a request if it is a webhook's, and says whether it was. */
export type WebhookHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

/**
 * Serves a receiver under `/hooks/` of any Node HTTP server, Express and Connect among them. It must see the body
 * before anybody parses it, since it is the raw body that is signed. A body over the receiver's limit is not read on.
 */
export function webhookHandler(receiver: WebhookReceiver): WebhookHandler {
  return async (request, response) => {
    const { url = '', method } = request;
    if (!url.startsWith('/hooks/')) return false;
    if (method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end();
      return true;
    }
    const body = await readBody(request, receiver.largestBody);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return true;
    }
    const { status } = await receiver.receive({ path: url, headers: request.headers, body });
    response.writeHead(status).end();
    return true;
  };
}

/** The raw body; undefined as soon as it is larger than allowed, or when its sender went away. */
async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
