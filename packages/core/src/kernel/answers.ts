import type { ServiceContext } from './context.ts';

/** An answer, and the mark of all that it rests on. Without a mark it is not kept. */
export interface Made<TAnswer> {
  readonly answer: TAnswer;
  readonly mark: string | undefined;
}

/** What is asked, as of when, and the mark that all it rests on has by now; none while that is not settled. */
export interface Asked {
  readonly key: string;
  readonly mark: string | undefined;
  readonly now: Date;
}

/** Answers that this process keeps as long as nothing that they rest on has changed. */
export interface Answers<TAnswer> {
  /**
   * The answer that was kept under this mark, else a new one. Who asks the same while one is made shares it if it is
   * made for the same mark, and else the one that is made next: never one that saw less than was there when it asked.
   */
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

/** What is made for one question at a time, and what is made next. */
interface Line<TAnswer> {
  readonly mark: string | undefined;
  readonly running: Promise<TAnswer>;
  next: Promise<TAnswer> | undefined;
}

/** An empty store of the answers that were asked for last. */
export function createAnswers<TAnswer>(capacity = CAPACITY): Answers<TAnswer> {
  const kept = new Map<string, Kept<TAnswer>>();
  const lines = new Map<string, Line<TAnswer>>();
  type Make = () => Promise<Made<TAnswer>>;

  const makeOne = async ({ key, now }: Asked, make: Make): Promise<TAnswer> => {
    const { answer, mark } = await make();
    kept.delete(key);
    if (mark !== undefined) kept.set(key, { answer, mark, at: now.getTime() });
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
  const start = (asked: Asked, make: Make): Promise<TAnswer> => {
    const { key, mark } = asked;
    const running = makeOne(asked, make);
    const line: Line<TAnswer> = { mark, running, next: undefined };
    lines.set(key, line);
    const end = (): void => {
      if (lines.get(key) === line && !line.next) lines.delete(key);
    };
    running.then(end, end);
    return running;
  };

  /** The answer that is made, or made next, for whoever else asks; only so much is as new as what they ask for. */
  const share = (line: Line<TAnswer>, asked: Asked, make: Make): Promise<TAnswer> => {
    if (asked.mark !== undefined && line.mark === asked.mark) return line.running;
    const begin = (): Promise<TAnswer> => start(asked, make);
    line.next ??= line.running.then(begin, begin);
    return line.next;
  };

  return {
    async take(asked, make) {
      const known = kept.get(asked.key);
      if (known && isGood(known, asked)) return known.answer;
      const line = lines.get(asked.key);
      if (!line) return start(asked, make);
      // Whoever makes it may be gone before it is made.
      return share(line, asked, make).catch(() => makeOne(asked, make));
    },
  };
}

function isGood({ mark, at }: Kept<unknown>, asked: Asked): boolean {
  const age = asked.now.getTime() - at;
  return mark === asked.mark && age >= 0 && age < MOST_MS;
}

/** Whether answers may be kept for a caller: time passes for all alike, and it sees only what was committed. */
export function mayKeep({ em, byRealClock }: ServiceContext): boolean {
  return byRealClock === true && !em.isInTransaction();
}
