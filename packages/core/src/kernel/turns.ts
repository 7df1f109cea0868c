import { DomainError } from '@retainer/domain';

/** How much of some work is done at once, and how much of it waits for how long. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly mostWaiting: number;
  readonly longestMs: number;
}

/** Work that takes turns, so that however much is asked for, what is begun ends soon. */
export interface Turns {
  /** Runs `work` when it is its turn, the first come first; `unavailable` where too much waits, or it waited too long. */
  readonly take: <T>(work: () => Promise<T>) => Promise<T>;
}

interface Waiting {
  readonly begin: () => void;
}

/** Turns that nobody has taken yet. */
export function createTurns({ atOnce, mostWaiting, longestMs }: TurnLimits): Turns {
  const waiting = new Set<Waiting>();
  let running = 0;

  const wait = (): Promise<void> => {
    if (waiting.size >= mostWaiting) return Promise.reject(busy());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const give = (): void => {
      waiting.delete(one);
      reject(busy());
    };
    const timer = setTimeout(give, longestMs);
    const one: Waiting = {
      begin() {
        clearTimeout(timer);
        waiting.delete(one);
        resolve();
      },
    };
    waiting.add(one);
    return promise;
  };
  // Whose turn it is next takes the place of who is done: nobody who comes just then slips in between.
  const pass = (): void => {
    const [next] = waiting;
    if (next) next.begin();
    else running -= 1;
  };

  return {
    async take(work) {
      if (running < atOnce) running += 1;
      else await wait();
      try {
        return await work();
      } finally {
        pass();
      }
    },
  };
}

function busy(): DomainError {
  return new DomainError('unavailable', 'Too many answers are being made. Try again in a moment.');
}
