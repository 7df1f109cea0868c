import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

/** Tries until it works; throws with these words when it takes too long. */
export async function retrying<T>(work: () => Promise<T>, otherwise: string): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (performance.now() > until) throw new Error(otherwise, { cause });
      await pause(AGAIN_MS);
    }
  }
}
