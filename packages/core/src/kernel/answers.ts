import type { ServiceContext } from './context.ts';

/** An answer, and the mark of all that it rests on. Without a mark it is not to be kept. */
export interface Made<TAnswer> {
  readonly answer: TAnswer;
  readonly mark: string | undefined;
}

/** What is asked, as of when, and the mark that all it rests on has by now. */
export interface Asked {
  readonly key: string;
  readonly mark: string | undefined;
  readonly now: Date;
}

/** Answers that this process keeps as long as nothing that they rest on has changed. */
export interface Answers<TAnswer> {
  /** The answer that was kept under this mark, or the one that is being made for it, or a new one. */
  readonly take: (asked: Asked, make: () => Promise<Made<TAnswer>>) => Promise<TAnswer>;
}

// What time alone changes, such as a pace, is no older than this.
const MOST_MS = 60_000;
const CAPACITY = 500;

interface Kept<TAnswer> {
  readonly answer: TAnswer;
  readonly mark: string;
  readonly at: number;
}

/** An empty store of the answers that were asked for last. */
export function createAnswers<TAnswer>(capacity = CAPACITY): Answers<TAnswer> {
  const kept = new Map<string, Kept<TAnswer>>();
  const making = new Map<string, Promise<TAnswer>>();

  const makeOne = async (
    { key, now }: Asked,
    make: () => Promise<Made<TAnswer>>,
  ): Promise<TAnswer> => {
    const { answer, mark } = await make();
    kept.delete(key);
    if (mark !== undefined) kept.set(key, { answer, mark, at: now.getTime() });
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    return answer;
  };

  return {
    async take(asked, make) {
      const { key, mark, now } = asked;
      if (mark === undefined) return (await make()).answer;
      const known = kept.get(key);
      const age = now.getTime() - (known?.at ?? 0);
      if (known?.mark === mark && age >= 0 && age < MOST_MS) return known.answer;
      const name = `${mark}\n${key}`;
      const running = making.get(name);
      // Whoever makes it may be gone before it is made.
      if (running) return running.catch(() => makeOne(asked, make));
      const own = makeOne(asked, make).finally(() => making.delete(name));
      making.set(name, own);
      return own;
    },
  };
}

/** Whether answers may be kept for a caller: time passes for all alike, and it sees only what was committed. */
export function mayKeep({ em, byRealClock }: ServiceContext): boolean {
  return byRealClock === true && !em.isInTransaction();
}
