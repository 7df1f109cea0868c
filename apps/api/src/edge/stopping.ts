import type { ServerResponse } from 'node:http';

import type { FastifyInstance } from 'fastify';

/**
 * Lets the server stop as soon as the requests under way have their answers: each answer then also
 * ends its connection, which would be kept alive otherwise, and event streams, which never end by
 * themselves, are cut; their clients connect again.
 */
export function addStopping(app: FastifyInstance): void {
  const underWay = new Set<ServerResponse>();
  app.addHook('onRequest', (_request, { raw }, done) => {
    underWay.add(raw);
    raw.once('close', () => underWay.delete(raw));
    done();
  });
  app.addHook('preClose', (done) => {
    for (const raw of underWay) {
      if (isStream(raw)) raw.destroy();
      else if (!raw.headersSent) raw.setHeader('connection', 'close');
    }
    done();
  });
}

function isStream(raw: ServerResponse): boolean {
  return raw.req.headers.accept?.includes('text/event-stream') ?? false;
}
