import { DomainError } from '@retainer/domain';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';

declare module 'fastify' {
  interface FastifyRequest {
    /** Refused at the door because too much was under way: of that the log has one line a second, not one each. */
    isShed: boolean;
  }
}

/** What is under way for longer than callers wait is work for nobody: beyond this, who comes is told to come again. */
const MOST_UNDER_WAY = 1_000;
const SAY_EVERY_MS = 1_000;

/**
 * Refuses what comes while so many requests are under way, at the door and before anything is read: their answers then
 * come soon, and what is refused costs little. Streams count until they begin.
 */
export function addOverload(
  app: FastifyInstance,
  registry: Registry,
  most: number = MOST_UNDER_WAY,
): void {
  const underWay = new Set<FastifyReply>();
  let unsaid = 0;
  const shed = new Counter({
    name: 'retainer_http_shed_total',
    help: 'Requests that were refused because too many were under way.',
    registers: [registry],
  });
  registry.registerMetric(
    new Gauge({
      name: 'retainer_http_under_way',
      help: 'Requests that wait for their answer now.',
      registers: [],
      collect() {
        this.set(underWay.size);
      },
    }),
  );
  const say = (): void => {
    app.log.warn({ requests: unsaid, underWay: underWay.size }, 'Too much is asked at once');
    unsaid = 0;
  };
  app.decorateRequest('isShed', false);
  app.addHook('onRequest', (request, reply, done) => {
    if (underWay.size < most) {
      underWay.add(reply);
      reply.raw.once('close', () => underWay.delete(reply));
      done();
      return;
    }
    request.isShed = true;
    shed.inc();
    unsaid += 1;
    if (unsaid === 1) setTimeout(say, SAY_EVERY_MS).unref();
    done(new DomainError('unavailable', 'Too much is asked at once. Try again in a moment.'));
  });
  // oxlint-disable-next-line max-params -- an async hook would cost each answer a turn
  app.addHook('onSend', (_request, reply, payload, done) => {
    underWay.delete(reply);
    done(null, payload);
  });
}
