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
/** A process that is late has read more than it can answer, and has the rest still to read. */
const LATE_MS = 250;
/** Then it takes this part of what it answered meanwhile, until it is late no more; but so many in any case. */
const SHARE_WHEN_LATE = 0.75;
const LEAST_WHEN_LATE = 100;
const PULSE_MS = 20;
const SAY_EVERY_MS = 1_000;

/**
 * Refuses what comes while so many requests are under way, or while the process is late with what it has: at the door
 * and before anything is read, so that answers come soon and what is refused costs little. Streams count until they
 * begin.
 */
export function addOverload(
  app: FastifyInstance,
  registry: Registry,
  most: number = MOST_UNDER_WAY,
): void {
  const underWay = new Set<FastifyReply>();
  const pulse = startPulse(app);
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
    if (underWay.size < most && !pulse.isTooMuch()) {
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
    if (underWay.delete(reply)) pulse.answered();
    done(null, payload);
  });
}

interface Pulse {
  /** Whether one more is too much: the process is late, and has taken what it may since it last had time to look. */
  readonly isTooMuch: () => boolean;
  readonly answered: () => void;
}

function startPulse(app: FastifyInstance): Pulse {
  let lastMs = performance.now();
  let most = Infinity;
  let taken = 0;
  let answered = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const isLate = nowMs - lastMs - PULSE_MS > LATE_MS;
    most = isLate ? Math.max(LEAST_WHEN_LATE, answered * SHARE_WHEN_LATE) : Infinity;
    lastMs = nowMs;
    taken = 0;
    answered = 0;
  }, PULSE_MS).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
  return {
    isTooMuch() {
      taken += 1;
      return taken > most;
    },
    answered() {
      answered += 1;
    },
  };
}
