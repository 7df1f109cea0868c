import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import cors from '@fastify/cors';
import type { AnyTRPCRouter } from '@trpc/server';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { OpenApiRouter } from 'trpc-to-openapi';

import type { Authenticate } from './auth/authenticate.ts';
import type { MintToken, Services } from './context.ts';
import { answerBrokenRequest } from './edge/client-error.ts';
import { addDocs } from './edge/docs.ts';
import { addHealth } from './edge/health.ts';
import { createSendError } from './edge/http-errors.ts';
import { addRequestLog } from './edge/logger.ts';
import { addMetrics } from './edge/metrics.ts';
import { addOverload } from './edge/overload.ts';
import { addPortalFiles } from './edge/portal-files.ts';
import { addPortalFrame } from './edge/portal-frame.ts';
import { addRateLimit } from './edge/rate-limit.ts';
import { addAuthentication, contextFor } from './edge/request-context.ts';
import { addApiHeaders, EVERYWHERE } from './edge/security-headers.ts';
import { addStopping } from './edge/stopping.ts';
import { mountTrpc } from './edge/trpc.ts';
import type { StreamPlaces } from './live/stream-places.ts';
import { mountRest } from './rest/mount.ts';
import { listProcedures } from './rest/procedures.ts';

/** What the server serves, and with what. */
export interface ServerOptions {
  readonly router: AnyTRPCRouter & OpenApiRouter;
  readonly services: Services;
  readonly places: StreamPlaces;
  readonly mintToken: MintToken;
  readonly authenticate: Authenticate;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly testClock: boolean;
  readonly corsOrigins: readonly string[];
  readonly rateLimitPerMinute: number;
  /** How many requests may be under way at once; see `addOverload`. */
  readonly mostUnderWay?: number;
}

const BODY_BYTES = 1024 * 1024;
/** Where `pnpm build` puts the scripts of the portal. */
const PORTAL_FOLDER = fileURLToPath(new URL('../../portal/dist', import.meta.url));
const REQUEST_TIMEOUT_MS = 60_000;
const SAFE_REQUEST_ID = /^[\w.:-]{1,64}$/;

/** The HTTP server, not yet listening. Closing it lets the requests under way finish. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { router, registry, services, logger } = options;
  const app = createApp(router, logger);
  if (options.corsOrigins.length > 0) await app.register(cors, corsOf(options.corsOrigins));
  addStopping(app);
  addRequestLog(app);
  addMetrics(app, registry, new Set(listProcedures(router).map(({ path }) => path)));
  addHealth(app, services);
  await addDocs(app);
  addPortalFrame(app, options.corsOrigins);
  addPortalFiles(app, PORTAL_FOLDER);

  await app.register(async (scope) => addOpenApi(scope, router));
  await app.register(async (api) => {
    addApiHeaders(api);
    addOverload(api, registry, options.mostUnderWay);
    addAuthentication(api, options.authenticate);
    addRateLimit(api, options.rateLimitPerMinute);
    await api.register(async (rest) => {
      mountRest(rest, { router, contextOf: (request) => contextFor(options, request) });
    });
    await api.register(async (rpc) => mountTrpc(rpc, options));
  });
  return app;
}

function createApp(router: AnyTRPCRouter, logger: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger;
  const sendError = createSendError(router);
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger for each request costs more than it says: the lines carry the id themselves.
    childLoggerFactory: (parent) => parent,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
    },
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 5000 },
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      void sendError(error, request, reply);
    },
  });
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body.toString(), done);
  });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) =>
    sendError(Object.assign(new Error('no route'), { statusCode: 404 }), request, reply),
  );
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(EVERYWHERE);
    done();
  });
  return app;
}

/** The document is made when first asked for: making it is slow, and most processes are never asked. */
function addOpenApi(scope: FastifyInstance, router: OpenApiRouter): void {
  let text: Promise<string> | undefined;
  scope.get('/api/openapi.json', async (_request, reply) => {
    text ??= import('./openapi.ts').then(({ createOpenApiDocument }) =>
      JSON.stringify(createOpenApiDocument(router)),
    );
    return reply.type('application/json; charset=utf-8').send(await text);
  });
}

function corsOf(origins: readonly string[]) {
  return {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'last-event-id',
      'x-request-id',
      'x-test-clock',
    ],
    exposedHeaders: ['x-request-id', 'retry-after', 'content-disposition'],
    maxAge: 600,
  };
}
