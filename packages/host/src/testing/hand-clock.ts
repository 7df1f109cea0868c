import type { Clock } from '../hooks/clock.ts';

/** A clock that a test moves by hand. */
export interface HandClock extends Clock {
  /** Lets time pass, and calls who wanted to be called meanwhile. */
  readonly pass: (ms: number) => void;
  /** Resolves once somebody waits to be called, with how long from now that is. */
  readonly untilAwaited: () => Promise<number>;
}

/** A clock that stands at `start`. */
export function createHandClock(start: string): HandClock {
  let now = Date.parse(start);
  let awaited = Promise.withResolvers<number>();
  const calls = new Map<object, { readonly at: number; readonly work: () => void }>();
  return {
    now: () => now,
    after(ms, work) {
      const ticket = {};
      awaited.resolve(ms);
      calls.set(ticket, { at: now + ms, work });
      return () => void calls.delete(ticket);
    },
    pass(ms) {
      now += ms;
      awaited = Promise.withResolvers<number>();
      for (const [ticket, { at, work }] of calls) {
        if (at > now || !calls.delete(ticket)) continue;
        work();
      }
    },
    untilAwaited: () => awaited.promise,
  };
}
