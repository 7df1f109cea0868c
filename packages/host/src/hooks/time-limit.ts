import { HookError } from '../calls/hook-error.ts';
import { TIME_LIMIT_MS } from '../calls/transport.ts';
import type { Clock } from './clock.ts';

/** Answers as `work` does, or rejects with `timed_out` where that takes too long. What `work` does goes on. */
export type Within = <T>(work: Promise<T>) => Promise<T>;

/** The limit of all that one ask waits for: what is told before it as well as its own answer. */
export function limitOf(clock: Clock, limitMs: number = TIME_LIMIT_MS): Within {
  return (work) =>
    new Promise((resolve, reject) => {
      const callOff = clock.after(limitMs, () => {
        const message = `Retainer did not answer within ${limitMs} ms.`;
        reject(new HookError(message, { code: 'timed_out' }));
      });
      work.then(resolve, reject).finally(callOff);
    });
}
