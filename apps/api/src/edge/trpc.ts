import type { AnyTRPCRouter, TRPCError } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Context } from '../context.ts';
import { refusalOf, toTRPCError } from '../errors.ts';
import { fieldOf } from '../fields.ts';
import { BULK_BODY_BYTES } from '../rest/mount.ts';
import { listProcedures } from '../rest/procedures.ts';
import { contextFor, type RequestContextOptions } from './request-context.ts';

/** The most calls one batch may hold. */
const MAX_BATCH = 100;

/**
 * Serves the router to tRPC clients. The calls of a batch share one request and one context.
 * Bulk procedures have a route of their own, for their larger body.
 */
export function mountTrpc(
  app: FastifyInstance,
  options: RequestContextOptions & { readonly router: AnyTRPCRouter },
): void {
  // tRPC parses bodies itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  // What tRPC refuses as a whole it answers as JSON, and calls text.
  // oxlint-disable-next-line max-params -- an async hook would cost each answer a turn
  app.addHook('onSend', (_request, _reply, payload, done) => {
    if (payload instanceof Response && isCalledText(payload)) {
      payload.headers.set('content-type', 'application/json');
    }
    done(null, payload);
  });
  const serve = (path: string | undefined) => async (req: FastifyRequest, res: FastifyReply) => {
    await fastifyRequestHandler({
      router: options.router,
      req,
      res,
      path: path ?? String(fieldOf(req.params, 'path')),
      maxBatchSize: MAX_BATCH,
      createContext: ({ info }) => createContext(options, req, info.connectionParams),
      responseMeta: ({ errors }) => ({ headers: retryHeaders(errors) }),
      onError: ({ error, path: failed }) => {
        if (refusalOf(error).status < 500) return;
        req.log.error(
          { err: error.cause ?? error, reqId: req.id, procedure: failed },
          'call failed',
        );
      },
    });
  };
  for (const { path, bulk } of listProcedures(options.router)) {
    if (bulk) app.post(`/trpc/${path}`, { bodyLimit: BULK_BODY_BYTES }, serve(path));
  }
  app.route({ method: ['GET', 'POST'], url: '/trpc/:path', handler: serve(undefined) });
}

function isCalledText({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/plain') ?? false;
}

async function createContext(
  options: RequestContextOptions,
  request: FastifyRequest,
  connectionParams: Readonly<Record<string, string | undefined>> | null,
): Promise<Context> {
  try {
    // An EventSource cannot send headers; tRPC's client puts its token in the address instead.
    const token = connectionParams?.['token'];
    const useParams = token !== undefined && request.authentication.kind === 'anonymous';
    if (!useParams) return contextFor(options, request);
    const authorization = `Bearer ${token}`;
    const authentication = await options.authenticate(authorization);
    return contextFor(options, request, { authorization, authentication });
  } catch (thrown) {
    throw toTRPCError(thrown);
  }
}

function retryHeaders(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.map((error) => refusalOf(error).retryAfterSeconds ?? 0);
  const longest = Math.max(0, ...waits);
  return {
    'cache-control': 'no-store',
    ...(longest > 0 ? { 'retry-after': String(longest) } : {}),
  };
}
