import type { FastifyInstance } from 'fastify';

import type { ApiKeyFacts, FindApiKey } from '../auth/api-keys.ts';
import { createAuthenticate } from '../auth/authenticate.ts';
import { createTokens, type TokenActor, type Tokens } from '../auth/tokens.ts';
import type { Services } from '../context.ts';
import { createLogger } from '../edge/logger.ts';
import { createRegistry } from '../edge/metrics.ts';
import { createStreamPlaces } from '../live/stream-places.ts';
import { createServer, type ServerOptions } from '../server.ts';
import { exampleRouter } from './example-router.ts';

/** A server on the example router, with tokens to call it. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly tokens: Tokens;
  readonly logs: readonly string[];
  readonly bearer: (actor: TokenActor, seconds?: number) => Promise<{ authorization: string }>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** The operator's token in tests. */
const ADMIN_TOKEN = 'operator-token-of-the-tests-0123456789';

/** Headers of the operator. */
export const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** An agency's token. */
export const AGENCY: TokenActor = { role: 'agency', agencyId: 'acme' };

/** A host's token for one agency. */
export const HOST: TokenActor = { role: 'host', agencyId: 'acme' };

/** A host's token for every agency. */
export const PLATFORM_HOST: TokenActor = { role: 'host', agencyId: undefined };

/** One client's token. */
export const CLIENT: TokenActor = { role: 'client', agencyId: 'acme', clientId: 'bakery' };

/** What a test changes of the server. */
export type TestServerOptions = Partial<ServerOptions> & {
  readonly apiKeys?: ReadonlyMap<string, ApiKeyFacts>;
  readonly ready?: Services['ready'];
};

const absent = () => {
  throw new Error('there is no core behind the example router');
};

const NO_CORE: Pick<Services, 'contextOf' | 'later' | 'gate' | 'live' | 'upkeep' | 'reports'> = {
  contextOf: absent,
  later: absent,
  live: { watch: absent, stats: absent, version: absent },
  upkeep: { sweep: absent, makeReports: absent, drift: absent },
  reports: { render: absent },
  gate: {
    submit: absent,
    ask: absent,
    together: absent,
    drain: async () => undefined,
    stats: () => ({ batches: 0, calls: 0, waiting: 0 }),
  },
};

/** A server that does not listen; use `inject`, or listen on port 0. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const tokens = createTokens('a secret of the tests, long enough to sign with');
  const findApiKey: FindApiKey = async (hash) => options.apiKeys?.get(hash.toString('hex'));
  const logs: string[] = [];
  const app = await createServer({
    router: exampleRouter,
    services: {
      ...NO_CORE,
      findApiKey,
      ready: options.ready ?? (async () => ({ ready: true })),
    },
    places: createStreamPlaces(10),
    mintToken: tokens.mint,
    authenticate: createAuthenticate({ tokens, adminToken: ADMIN_TOKEN, findApiKey }),
    logger: createLogger('info', { write: (line) => logs.push(line) }),
    registry: createRegistry(),
    testClock: false,
    corsOrigins: [],
    rateLimitPerMinute: 100_000,
    ...options,
  });
  return {
    app,
    tokens,
    logs,
    bearer: async (actor, seconds = 60) => ({
      authorization: `Bearer ${(await tokens.mint(actor, seconds)).token}`,
    }),
    [Symbol.asyncDispose]: () => app.close(),
  };
}
