import { createLogger } from '../edge/logger.ts';
import { readSettings } from '../env.ts';
import { openServer } from '../open-server.ts';
import { serve } from '../serve.ts';

// A process of its own for tests of live streams. `TELL_MS` says how long it keeps changes to itself.
const { TELL_MS, ...env } = process.env;
const settings = readSettings(env);
const { app, release } = await openServer(settings, {
  logger: createLogger(settings.logLevel),
  say: () => undefined,
  liveTimes: { lookMs: 100, ...(TELL_MS !== undefined && { tellMs: Number(TELL_MS) }) },
});
await serve(app, { host: '127.0.0.1', port: 0, release });
