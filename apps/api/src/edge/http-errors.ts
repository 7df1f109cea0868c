import {
  getTRPCErrorShape,
  transformTRPCResponse,
  TRPCError,
  type AnyTRPCRouter,
  type TRPC_ERROR_CODE_KEY,
} from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { refusalOf } from '../errors.ts';
import { PROBLEM_TYPE, problemOf } from '../problem.ts';

/** Where tRPC is served; errors there keep tRPC's own form, so that its clients can read them. */
const TRPC_PREFIX = '/trpc/';

interface Known {
  readonly code: TRPC_ERROR_CODE_KEY;
  readonly message: string;
}

/** What Fastify itself refuses, by status. */
const BY_STATUS: Readonly<Record<number, Known | undefined>> = {
  400: { code: 'PARSE_ERROR', message: 'The request cannot be read.' },
  404: { code: 'NOT_FOUND', message: 'There is nothing at this address.' },
  405: { code: 'METHOD_NOT_SUPPORTED', message: 'This address does not take this method.' },
  408: { code: 'TIMEOUT', message: 'The request took too long to arrive.' },
  413: {
    code: 'PAYLOAD_TOO_LARGE',
    message: 'The body is too large. A request takes 1 MiB, a bulk request 8 MiB.',
  },
  414: { code: 'NOT_FOUND', message: 'There is nothing at this address.' },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send JSON, with "Content-Type: application/json".',
  },
  429: { code: 'TOO_MANY_REQUESTS', message: 'Too many requests. Wait as Retry-After says.' },
};

/** What Fastify or a hook threw, as an error that `refusalOf` knows how to tell. */
function transportError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof TRPCError) return thrown;
  if (!('statusCode' in thrown) || typeof thrown.statusCode !== 'number') return thrown;
  const known = BY_STATUS[thrown.statusCode];
  return known ? new TRPCError(known) : thrown;
}

/** Answers a request with what went wrong. */
export type SendError = (
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => FastifyReply;

/** Answers with problem+json, or with tRPC's error envelope below `/trpc/`. */
export function createSendError(router: AnyTRPCRouter): SendError {
  return (thrown, request, reply) => {
    const error = transportError(thrown);
    const refusal = refusalOf(error);
    void reply.code(refusal.status).header('cache-control', 'no-store');
    if (refusal.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', refusal.retryAfterSeconds);
    }
    if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer realm="retainer"');
    if (refusal.status >= 500 && !request.isShed) {
      request.log.error({ err: thrown, reqId: request.id }, 'request failed');
    }
    return request.raw.url?.startsWith(TRPC_PREFIX)
      ? reply.type('application/json').send(JSON.stringify(trpcEnvelope(router, error)))
      : reply.type(PROBLEM_TYPE).send(JSON.stringify(problemOf(refusal)));
  };
}

function trpcEnvelope(router: AnyTRPCRouter, thrown: unknown): unknown {
  const config = router._def._config;
  const error =
    thrown instanceof TRPCError
      ? thrown
      : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: thrown });
  const shape = getTRPCErrorShape({
    config,
    error,
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  });
  return transformTRPCResponse(config, { error: shape });
}
