/** Makes the parts of these ids; who is missing has none. */
export type MakeParts<TPart> = (ids: readonly string[]) => Promise<ReadonlyMap<string, TPart>>;

/** Parts of answers that this process keeps, each under the mark of all that it rests on. */
export interface KeptParts<TPart> {
  /**
   * The part of each id that is kept under its mark; the others are made, all at once. What is made must be of the
   * view of the database that the marks were read in. Who asks the same question meanwhile waits, and mostly finds it.
   */
  readonly take: (
    question: string,
    marks: ReadonlyMap<string, string>,
    make: MakeParts<TPart>,
  ) => Promise<ReadonlyMap<string, TPart>>;
}

interface Kept<TPart> {
  readonly mark: string;
  /** Undefined: there is none. */
  readonly part: TPart | undefined;
}

type OfQuestion<TPart> = Map<string, Kept<TPart>>;

/** An empty store, of so many parts at most: what was asked for longest ago is forgotten, a question as a whole. */
export function createKeptParts<TPart>(capacity: number): KeptParts<TPart> {
  const questions = new Map<string, OfQuestion<TPart>>();
  const lines = new Map<string, Promise<unknown>>();

  const recall = (question: string): OfQuestion<TPart> => {
    const kept = questions.get(question) ?? new Map<string, Kept<TPart>>();
    questions.delete(question);
    questions.set(question, kept);
    return kept;
  };
  const forget = (): void => {
    let size = 0;
    for (const kept of questions.values()) size += kept.size;
    for (const [question, kept] of questions) {
      if (size <= capacity) return;
      questions.delete(question);
      size -= kept.size;
    }
  };

  return {
    async take(question, marks, make) {
      const before = lines.get(question);
      const running = (async () => {
        // Whatever became of it: what it kept is there, and what it did not is made now.
        await before?.catch(() => undefined);
        const kept = recall(question);
        await fill(kept, marks, make);
        return pick(kept, marks);
      })();
      lines.set(question, running);
      try {
        return await running;
      } finally {
        if (lines.get(question) === running) lines.delete(question);
        forget();
      }
    },
  };
}

async function fill<TPart>(
  kept: OfQuestion<TPart>,
  marks: ReadonlyMap<string, string>,
  make: MakeParts<TPart>,
): Promise<void> {
  const open: string[] = [];
  for (const [id, mark] of marks) if (kept.get(id)?.mark !== mark) open.push(id);
  if (open.length === 0) return;
  const made = await make(open);
  for (const id of open) kept.set(id, { mark: marks.get(id) ?? '', part: made.get(id) });
}

function pick<TPart>(
  kept: OfQuestion<TPart>,
  marks: ReadonlyMap<string, string>,
): ReadonlyMap<string, TPart> {
  const parts = new Map<string, TPart>();
  for (const id of marks.keys()) {
    const part = kept.get(id)?.part;
    if (part !== undefined) parts.set(id, part);
  }
  return parts;
}

/** A store of each owner's own, such as a database; it goes with its owner. */
export function keptPartsOf<TPart>(capacity: number): (owner: object) => KeptParts<TPart> {
  const stores = new WeakMap<object, KeptParts<TPart>>();
  return (owner) => {
    const store = stores.get(owner) ?? createKeptParts<TPart>(capacity);
    stores.set(owner, store);
    return store;
  };
}

const ALONE = '';

/** `take` of a part that is of no id in particular. */
export async function takeOne<TPart>(
  parts: KeptParts<TPart>,
  of: { readonly question: string; readonly mark: string },
  make: () => Promise<TPart>,
): Promise<TPart> {
  let made: TPart | undefined;
  const found = await parts.take(of.question, new Map([[ALONE, of.mark]]), async () => {
    made = await make();
    return new Map([[ALONE, made]]);
  });
  const part = found.get(ALONE) ?? made;
  if (part === undefined) throw new Error('a part must not be undefined');
  return part;
}
