import { setTimeout as pause } from 'node:timers/promises';

import type { Fault } from './fault.ts';

/** The server dies without a word, and is begun again. */
export const killServer: Fault = async ({ place: { server }, random }) => {
  await server.end('SIGKILL');
  await pause(random.whole(0, 500));
  await server.begin();
};

/** The server is told to stop, as an update does: it must end in order. */
export const stopServer: Fault = async ({ place: { server }, violated }) => {
  const code = await server.end('SIGTERM');
  if (code !== 0) {
    violated(`the server stopped with exit code ${code}: ${server.lastWords().join('\n')}`);
  }
  await server.begin();
};

/** The worker dies in the middle of what it does. */
export const killWorker: Fault = async ({ place: { worker }, random }) => {
  await worker.end('SIGKILL');
  await pause(random.whole(0, 1_000));
  await worker.begin();
};

const MOST_DRIFT_MS = 36 * 3_600_000;

/** The clocks of server and worker jump, each for itself, and are set right again. */
export const skewClock: Fault = async ({ place: { server, worker }, random }) => {
  const drift = (): number => random.pick([1_000, 60_000, MOST_DRIFT_MS]) * (2 * random.next() - 1);
  for (let jump = 0; jump < 3; jump += 1) {
    server.drift(drift());
    worker.drift(drift());
    await pause(random.whole(100, 500));
  }
  server.drift(0);
  worker.drift(0);
};
