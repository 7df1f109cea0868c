import { DomainError } from '@retainer/domain';
import type { AnyTRPCRouter } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Context } from '../context.ts';
import { isFields, type Fields } from '../fields.ts';
import { EVENT_STREAM_HEADERS, eventStream } from './event-stream.ts';
import { listProcedures, type ListedProcedure, type RestRoute } from './procedures.ts';
import { queryReader, type QueryReader } from './query.ts';
import { sendFile } from './send-file.ts';

/** The largest body a bulk procedure takes. */
export const BULK_BODY_BYTES = 8 * 1024 * 1024;

/** What REST needs of the server around it. */
export interface RestOptions {
  readonly router: AnyTRPCRouter;
  /** Throws when the request shows a bad token or a bad test clock. */
  readonly contextOf: (request: FastifyRequest) => Context;
}

/**
 * Serves each procedure that carries a REST path as a route of its own, so that Fastify decodes the
 * path, bounds the body and names the route in the metrics. Schemas and code are tRPC's: the route
 * gathers path, query and body into one input and calls the procedure.
 *
 * The handler of trpc-to-openapi is not used, only its document: it leaves path parameters encoded,
 * tries every route's expression in turn, and switches coercion on in the shared schemas, after
 * which `?flag=false` reads as true and a `null` number as 0, over tRPC too.
 */
export function mountRest(app: FastifyInstance, options: RestOptions): void {
  for (const procedure of listProcedures(options.router)) {
    if (!procedure.rest) continue;
    const mount = procedure.type === 'subscription' ? mountStream : mountOne;
    mount(app, options, { ...procedure, rest: procedure.rest });
  }
}

type RestProcedure = ListedProcedure & { readonly rest: RestRoute };

function mountOne(
  app: FastifyInstance,
  { contextOf }: RestOptions,
  procedure: RestProcedure,
): void {
  const { path, type, rest } = procedure;
  const readQuery = queryReader(procedure.shape);
  app.route({
    method: rest.method,
    url: urlOf(rest),
    ...(procedure.bulk ? { bodyLimit: BULK_BODY_BYTES } : {}),
    handler: async (request, reply) => {
      const ctx = contextOf(request);
      const output: unknown = await procedure.call({
        path,
        type,
        ctx,
        getRawInput: async () => inputOf(request, readQuery),
        signal: undefined,
        batchIndex: 0,
      });
      if (output === undefined) return reply.code(204).send();
      if (procedure.file) return sendFile(reply, output);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(output));
    },
  });
}

/** A subscription is a stream of events; until it begins, it is refused like any other call. */
function mountStream(
  app: FastifyInstance,
  { contextOf }: RestOptions,
  procedure: RestProcedure,
): void {
  const { path, type, rest } = procedure;
  const readQuery = queryReader(procedure.shape);
  app.route({
    method: rest.method,
    url: urlOf(rest),
    // A stream without an end is no answer to this.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const closed = new AbortController();
      reply.raw.once('close', () => closed.abort());
      const events: unknown = await procedure.call({
        path,
        type,
        ctx: contextOf(request),
        getRawInput: async () => ({ ...inputOf(request, readQuery), ...lastEventOf(request) }),
        signal: closed.signal,
        batchIndex: 0,
      });
      if (!isEvents(events)) throw new Error(`${path} answered with no events`);
      return reply.headers(EVENT_STREAM_HEADERS).send(eventStream(events[Symbol.asyncIterator]()));
    },
  });
}

function isEvents(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Where a browser was when the connection broke; the address still says where it was at first. */
function lastEventOf({ headers }: FastifyRequest): Fields {
  const lastEventId = headers['last-event-id'];
  return lastEventId === undefined || lastEventId === '' ? {} : { lastEventId };
}

function urlOf({ path }: RestRoute): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function inputOf(request: FastifyRequest, readQuery: QueryReader): Fields {
  const { body } = request;
  const sent: Fields = body === undefined || body === null ? {} : objectOf(body);
  const query = readQuery(isFields(request.query) ? request.query : {});
  const params = isFields(request.params) ? request.params : {};
  for (const [name, value] of Object.entries(params)) {
    refuseOther(name, value, sent[name] ?? query[name]);
  }
  return { ...query, ...sent, ...params };
}

/** A body or query that repeats a path parameter must mean the same thing. */
function refuseOther(name: string, inPath: unknown, elsewhere: unknown): void {
  if (elsewhere === undefined || elsewhere === inPath) return;
  const message = 'differs from the one in the path. Leave it out of the body and the query';
  throw new DomainError('invalid_input', `${name}: ${message}`, {
    issues: [{ path: name, message }],
  });
}

function objectOf(body: unknown): Fields {
  if (isFields(body)) return body;
  throw new DomainError('invalid_input', 'The body must be a JSON object.', {
    issues: [{ path: '', message: 'must be a JSON object' }],
  });
}
