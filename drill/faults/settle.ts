import { setTimeout as pause } from 'node:timers/promises';

import type { Asker, Seen } from './ask.ts';
import { answerOf, fieldOf, type Book, type Told } from './book.ts';

const AT_ONCE = 16;
const PATIENCE_MS = 60_000;
const AGAIN_MS = 100;

/** Asks again whatever nobody knows the answer of, and whatever was answered: that must be answered the same. */
export async function settle(
  asker: Asker,
  book: Book,
  violated: (what: string) => void,
): Promise<void> {
  const left = [...book];
  const until = performance.now() + PATIENCE_MS;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      const told = left.pop();
      if (!told) return;
      await settleOne({ asker, until, violated }, told);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (left.length > 0) violated(`${left.length} more are not answered any more`);
}

interface Settling {
  readonly asker: Asker;
  readonly until: number;
  readonly violated: (what: string) => void;
}

async function settleOne({ asker, until, violated }: Settling, told: Told): Promise<void> {
  const { key, clientId, kind, answer, end } = told;
  const name = `${kind} ${key} of ${clientId}`;
  const again = await untilAnswered(() => asker.ask(told.ask), until);
  if (again === undefined) return violated(`${name} is not answered any more`);
  const found = answerOf(kind, again);
  told.answer ??= found;
  if (answer && (answer.id !== found.id || answer.isGranted !== found.isGranted)) {
    violated(`${name} was answered ${JSON.stringify(answer)}, then ${JSON.stringify(found)}`);
  }
  if (!end) return;
  const ended = await untilAnswered(() => asker.ask(end.ask), until);
  if (ended === undefined) return violated(`the end of ${name} is not answered`);
  const status = fieldOf(ended, 'status');
  const isEnded = status === end.as || fieldOf(ended, 'reason') === `already_${end.as}`;
  if (!isEnded) violated(`${name} was to be ${end.as} and is ${JSON.stringify(ended)}`);
  end.isAnswered = true;
}

async function untilAnswered(ask: () => Promise<Seen>, until: number): Promise<unknown> {
  for (;;) {
    const seen = await ask();
    if (seen.kind === 'answered') return seen.body;
    if (performance.now() > until) return undefined;
    await pause(AGAIN_MS);
  }
}
