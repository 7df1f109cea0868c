import { createLogger, withoutSecrets } from './edge/logger.ts';
import { readSettings, SettingsError, type Settings } from './env.ts';
import { openServer } from './open-server.ts';
import { serve } from './serve.ts';

try {
  await main(readSettings(process.env));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}

async function main(settings: Settings): Promise<void> {
  const logger = createLogger(settings.logLevel);
  const { app, release } = await openServer(settings, { logger, say });
  try {
    await serve(app, { host: settings.host, port: settings.port, release });
  } catch (error) {
    await release();
    throw error;
  }
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
