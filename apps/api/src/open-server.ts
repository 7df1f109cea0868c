import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { createAuthenticate } from './auth/authenticate.ts';
import { createTokens } from './auth/tokens.ts';
import { openCore, type LiveTimes } from './compose.ts';
import { addGateMetrics } from './edge/gate-metrics.ts';
import { addLiveMetrics } from './edge/live-metrics.ts';
import { createRegistry } from './edge/metrics.ts';
import type { Settings } from './env.ts';
import { createStreamPlaces } from './live/stream-places.ts';
import { appRouter } from './router.ts';
import { keepSecret } from './secrets.ts';
import { createServer } from './server.ts';

/** The whole service on its open database, not yet listening. */
export interface OpenServer {
  readonly app: FastifyInstance;
  readonly adminToken: string;
  /** Waits until no work is under way that answers did not wait for. */
  readonly settled: () => Promise<void>;
  /** Lets go of the database, once the server takes no more requests. */
  readonly release: () => Promise<void>;
}

/** What the service is opened with besides its settings. */
export interface ServerSurroundings {
  readonly logger: Logger;
  /** Hears what takes time. */
  readonly say: (line: string) => void;
  readonly liveTimes?: LiveTimes;
}

/** Composes the service from its settings. */
export async function openServer(
  settings: Settings,
  { logger, say, liveTimes }: ServerSurroundings,
): Promise<OpenServer> {
  const tokens = createTokens({
    current: await signingSecret(settings),
    retired: settings.retiredSecrets,
  });
  const adminToken = await operatorToken(settings, say);
  if (settings.databaseUrl === undefined)
    say('starting PostgreSQL (the first start makes its files)');
  const core = await openCore(settings, logger, liveTimes);
  say('the database is ready');

  const registry = createRegistry();
  addGateMetrics(registry, () => core.gate.stats());
  const { services } = core;
  const places = createStreamPlaces(settings.liveStreamsPerAgency);
  addLiveMetrics(registry, { places, live: services.live });
  const app = await createServer({
    router: appRouter,
    services,
    places,
    mintToken: tokens.mint,
    authenticate: createAuthenticate({ tokens, adminToken, findApiKey: services.findApiKey }),
    logger,
    registry,
    testClock: settings.testClock,
    corsOrigins: settings.corsOrigins,
    rateLimitPerMinute: settings.rateLimitPerMinute,
  });
  return { app, adminToken, settled: core.settled, release: core.release };
}

async function signingSecret({ secret, dataDir }: Settings): Promise<string> {
  return secret ?? (await keepSecret(dataDir, 'secret')).value;
}

async function operatorToken(
  { adminToken, dataDir }: Settings,
  say: (line: string) => void,
): Promise<string> {
  if (adminToken !== undefined) return adminToken;
  const { value, file, created } = await keepSecret(dataDir, 'admin-token');
  if (created) say(`admin token, shown this once and kept in ${file}: ${value}`);
  return value;
}
