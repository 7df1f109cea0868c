import type { ServerResponse } from 'node:http';

import type { FastifyInstance } from 'fastify';

/**
 * Lets the server stop as soon as the requests under way have their answers: each answer then also
 * ends its connection, which would be kept alive otherwise, and event streams, which never end by
 * themselves, are cut; their clients connect again.
 */
export function addStopping(app: FastifyInstance): void {
  const streams = new Set<ServerResponse>();
  let stopping = false;
  app.addHook('onRequest', (request, { raw }, done) => {
    if (request.headers.accept?.includes('text/event-stream')) {
      streams.add(raw);
      raw.once('close', () => streams.delete(raw));
    }
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', (done) => {
    stopping = true;
    for (const raw of streams) raw.destroy();
    done();
  });
}
