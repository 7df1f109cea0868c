import { HookError } from '../calls/hook-error.ts';
import type { Clock } from './clock.ts';

/** When asking is given up for a while. */
export interface BreakerOptions {
  /** Failures in a row after which nobody asks any more. Default 5. */
  readonly failures?: number | undefined;
  /** How long, in milliseconds, before one call tries again. Default 10,000. */
  readonly coolDownMs?: number | undefined;
}

/** Spares a host the time limit of each call while Retainer is away. */
export interface Breaker {
  /** Runs `call`, or rejects at once while the breaker is open. */
  readonly run: <T>(call: () => Promise<T>) => Promise<T>;
  /** Something else got through: ask again. */
  readonly reset: () => void;
}

/** A circuit breaker: open after some failures in a row, then one call at a time tries whether it may close. */
export function createBreaker(clock: Clock, options: BreakerOptions = {}): Breaker {
  const { failures: most = 5, coolDownMs = 10_000 } = options;
  let failures = 0;
  let openUntil = 0;
  let isTrying = false;
  const reset = (): void => {
    failures = 0;
  };
  const isOpen = (): boolean => failures >= most && (isTrying || clock.now() < openUntil);
  return {
    reset,
    async run(call) {
      if (isOpen()) throw notAsked(most);
      const isTrial = failures >= most;
      if (isTrial) isTrying = true;
      try {
        const answer = await call();
        reset();
        return answer;
      } catch (error) {
        if (!isAway(error)) reset();
        else {
          failures += 1;
          openUntil = clock.now() + coolDownMs;
        }
        throw error;
      } finally {
        if (isTrial) isTrying = false;
      }
    },
  };
}

/** Not asking is no failure of who was not asked. */
function isAway(error: unknown): boolean {
  return error instanceof HookError && error.isUnavailable && error.code !== 'not_asked';
}

function notAsked(failures: number): HookError {
  return new HookError(`Retainer was not asked: the last ${failures} calls brought no answer.`, {
    code: 'not_asked',
  });
}
