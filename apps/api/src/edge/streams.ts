import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';

/** Ends the event streams when the server stops: they would hold it open for ever, and their clients reconnect. */
export function closeStreamsOnStop(app: FastifyInstance): void {
  const open = new Set<ServerResponse>();
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.accept?.includes('text/event-stream')) {
      const { raw } = reply;
      open.add(raw);
      raw.once('close', () => open.delete(raw));
    }
    done();
  });
  app.addHook('preClose', (done) => {
    for (const raw of open) raw.destroy();
    done();
  });
}
