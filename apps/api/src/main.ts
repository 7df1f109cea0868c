import { createAuthenticate } from './auth/authenticate.ts';
import { createTokens } from './auth/tokens.ts';
import { openCore } from './compose.ts';
import { addGateMetrics } from './edge/gate-metrics.ts';
import { createLogger, withoutSecrets } from './edge/logger.ts';
import { createRegistry } from './edge/metrics.ts';
import { readSettings, SettingsError, type Settings } from './env.ts';
import { appRouter } from './router.ts';
import { keepSecret } from './secrets.ts';
import { serve } from './serve.ts';
import { createServer } from './server.ts';

try {
  await main(readSettings(process.env));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}

async function main(settings: Settings): Promise<void> {
  const logger = createLogger(settings.logLevel);
  const tokens = createTokens(await signingSecret(settings));
  const adminToken = await operatorToken(settings);
  if (settings.databaseUrl === undefined)
    say('starting PostgreSQL (the first start makes its files)');
  const core = await openCore(settings, logger);
  say('the database is ready');

  const registry = createRegistry();
  addGateMetrics(registry, () => core.gate.stats());
  const { services } = core;
  const app = await createServer({
    router: appRouter,
    services,
    mintToken: tokens.mint,
    authenticate: createAuthenticate({ tokens, adminToken, findApiKey: services.findApiKey }),
    logger,
    registry,
    testClock: settings.testClock,
    corsOrigins: settings.corsOrigins,
    rateLimitPerMinute: settings.rateLimitPerMinute,
  });
  try {
    await serve(app, { host: settings.host, port: settings.port, release: core.release });
  } catch (error) {
    await core.release();
    throw error;
  }
}

async function signingSecret({ secret, dataDir }: Settings): Promise<string> {
  return secret ?? (await keepSecret(dataDir, 'secret')).value;
}

async function operatorToken({ adminToken, dataDir }: Settings): Promise<string> {
  if (adminToken !== undefined) return adminToken;
  const { value, file, created } = await keepSecret(dataDir, 'admin-token');
  if (created) say(`admin token, shown this once and kept in ${file}: ${value}`);
  return value;
}

/** Settings speak for themselves; anything else comes with where it came from. */
function startFailure(error: unknown): string {
  if (error instanceof SettingsError || !(error instanceof Error))
    return error instanceof Error ? error.message : String(error);
  return `Retainer could not start: ${withoutSecrets(error.stack ?? error.message)}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
