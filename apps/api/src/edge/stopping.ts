import type { Socket } from 'node:net';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { isEventStream } from './logger.ts';

/**
 * Lets the server stop as soon as the requests under way have their answers: each answer then also
 * ends its connection, which would be kept alive otherwise, and event streams, which never end by
 * themselves, are cut; their clients connect again. Connections on which nobody asked for anything
 * yet, as browsers open them ahead, are cut too: Node would wait a minute for them.
 */
export function addStopping(app: FastifyInstance): void {
  const underWay = new Set<FastifyReply>();
  const unused = new Set<Socket>();
  let isStopping = false;
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
    if (isStopping) socket.destroy();
  });
  app.addHook('onRequest', ({ raw }, reply, done) => {
    unused.delete(raw.socket);
    underWay.add(reply);
    reply.raw.once('close', () => underWay.delete(reply));
    done();
  });
  // oxlint-disable-next-line max-params -- an async hook would cost each answer a turn
  app.addHook('onSend', (_request, reply, payload, done) => {
    // One that was asked for on a connection that was open already.
    if (isStopping && isEventStream(reply)) reply.raw.destroy();
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    isStopping = true;
    for (const socket of unused) socket.destroy();
    for (const reply of underWay) {
      if (isEventStream(reply)) reply.raw.destroy();
      else if (!reply.raw.headersSent) reply.raw.setHeader('connection', 'close');
    }
    done();
  });
}
