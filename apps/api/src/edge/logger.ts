import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

import { coreActor } from '../auth/actor.ts';

const SLOW_MS = 1000;
const SECRETS = /\brt_[\w-]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\bBearer\s+\S+/gi;

/** Structured logs on standard output. Tokens and keys are struck out wherever they turn up. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: {
      paths: [
        'token',
        '*.token',
        'authorization',
        '*.authorization',
        '*.headers.authorization',
        'secret',
        '*.secret',
        'password',
        '*.password',
      ],
      censor: '[redacted]',
    },
    serializers: { err: serializeError, error: serializeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Logs what an operator has to see: failed and slow requests. Everything else only at level `debug`. */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime;
    if (ms >= SLOW_MS && !isEventStream(reply)) {
      request.log.warn(factsOf(), 'slow request');
    } else if (reply.statusCode >= 500 && !request.isShed) {
      request.log.warn(factsOf(), 'request failed');
    } else if (isRefusal(reply.statusCode)) {
      request.log.info({ ...factsOf(), ip: request.ip, caller: callerOf(request) }, 'refused');
    } else if (app.log.level === 'debug' || app.log.level === 'trace') {
      request.log.debug(factsOf(), 'request');
    }
    done();

    // The route, not the address: an address may hold a token in its query.
    function factsOf() {
      return {
        reqId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(ms * 100) / 100,
      };
    }
  });
}

/** Whether a status says that the caller is nobody, or may not: what an investigation begins with. */
function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

function callerOf({ authentication }: Partial<FastifyRequest>): string | undefined {
  if (authentication?.kind !== 'actor') return undefined;
  const { kind, id } = coreActor(authentication.actor);
  return `${kind}:${id}`;
}

/** `text` without anything that looks like one of our tokens or keys. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}

/** Whether an answer is a stream of events, which has no end of its own. */
export function isEventStream(reply: FastifyReply): boolean {
  const type = reply.getHeader('content-type');
  return typeof type === 'string' && type.startsWith('text/event-stream');
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const code: unknown = 'code' in error ? error.code : undefined;
  return { type, code, message: withoutSecrets(message), stack: withoutSecrets(stack) };
}
