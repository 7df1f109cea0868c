import type { Transport } from '../calls.ts';
import type { Caller } from './callers.ts';
import { exchange, exchangeBatch, type Cell, type Exchanged, type From } from './exchange.ts';
import type { OwnCell, Pair } from './matrix.ts';

/** An answer that is not what the matrix says, told so that one can find it. */
export type Wrong = readonly [path: string, way: Transport | 'batch', about: string, found: string];

const MOST_IN_A_BATCH = 100;

/** Answers to calls that go together where tRPC lets them; a stream goes by itself. */
async function batched(from: From, cells: readonly Cell[]): Promise<Map<Cell, Exchanged>> {
  const answers = new Map<Cell, Exchanged>();
  for (const type of ['query', 'mutation']) {
    const same = cells.filter(({ procedure }) => procedure.type === type);
    for (let at = 0; at < same.length; at += MOST_IN_A_BATCH) {
      const part = same.slice(at, at + MOST_IN_A_BATCH);
      // oxlint-disable-next-line no-await-in-loop -- so many at once are what a server gets from one caller
      const got = await exchangeBatch(from, part);
      part.forEach((cell, index) => {
        const answer = got[index];
        if (answer) answers.set(cell, answer);
      });
    }
  }
  for (const cell of cells.filter(({ procedure }) => procedure.type === 'subscription')) {
    // oxlint-disable-next-line no-await-in-loop
    answers.set(cell, await exchange(from, 'trpc', cell));
  }
  return answers;
}

/** Calls that must be refused with `status` and in the same words; those that are not. */
export async function wrongRefusals(
  from: From & Pick<Caller, 'isClose'>,
  cells: readonly (readonly Cell[])[],
  statusOf: (cell: Cell) => number | undefined,
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const together = await batched(from, cells.flat());
  for (const same of cells) {
    const [first] = same;
    if (!first) continue;
    const { path, rest } = first.procedure;
    const judge = (way: Wrong[1], answers: readonly Exchanged[]) => {
      const words = new Set(answers.map((answer) => JSON.stringify(answer)));
      const isRefused = answers.every(({ status }) => status === statusOf(first));
      if (!isRefused || words.size > 1) wrong.push([path, way, 'refused', [...words].join('\n')]);
    };
    judge(
      'batch',
      same.flatMap((cell) => together.get(cell) ?? []),
    );
    if (!rest) continue;
    const alone: Exchanged[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
    for (const cell of from.isClose ? same : same.slice(1, 2))
      alone.push(await exchange(from, 'rest', cell));
    judge('rest', alone);
  }
  return wrong;
}

/** Pairs that can be told apart, or whose status is not right. */
export async function wrongPairs(
  from: From & Pick<Caller, 'isClose'>,
  pairs: readonly Pair[],
  statusOf: (pair: Pair) => number,
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const together = await batched(
    from,
    pairs.flatMap(({ theirs, nobodys }) => [theirs, nobodys]),
  );
  for (const pair of pairs) {
    const { procedure } = pair.theirs;
    const judge = (
      way: Wrong[1],
      theirs: Exchanged | undefined,
      nobodys: Exchanged | undefined,
    ) => {
      const [a, b] = [told(theirs, pair, 0), told(nobodys, pair, 1)];
      if (a !== b || theirs?.status !== statusOf(pair))
        wrong.push([procedure.path, way, pair.about, `${a}\n${b}`]);
    };
    judge('batch', together.get(pair.theirs), together.get(pair.nobodys));
    if (!procedure.rest) continue;
    // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
    judge(
      'rest',
      await exchange(from, 'rest', pair.theirs),
      await exchange(from, 'rest', pair.nobodys),
    );
  }
  return wrong;
}

/** An answer without the ids that were sent. */
function told(answer: Exchanged | undefined, { ids }: Pair, which: 0 | 1): string {
  if (!answer) return 'no answer';
  return ids.reduce((text, pair) => text.replaceAll(pair[which], '(id)'), JSON.stringify(answer));
}

/** What is done for another reason than who asks. */
const OTHERWISE: Readonly<Record<string, number>> = {
  // No mail server is set up in these tests.
  'reports.send': 409,
  // The agencies' tiers show no logo.
  'portal.logo': 404,
};

/** Calls about one's own that are not answered, or answered with something of `rival`. */
export async function wrongOwn(
  from: From,
  cells: readonly OwnCell[],
  { isBound }: Caller,
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const judge = (way: Wrong[1], { procedure, whose }: OwnCell, { status, text }: Exchanged) => {
    const isAnswered = status < 300 || OTHERWISE[procedure.path] === status;
    // Everything of theirs has the word in its id or its name.
    const leaks = isBound && text.includes('rival');
    if (!isAnswered || leaks) wrong.push([procedure.path, way, whose, `${status} ${text}`]);
  };
  for (const cell of cells) {
    // oxlint-disable-next-line no-await-in-loop -- what comes later is about what is left
    judge(cell.way, cell, await exchange(from, cell.way, cell));
  }
  return wrong;
}
