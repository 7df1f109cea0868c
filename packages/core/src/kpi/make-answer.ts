import type { SqlSession } from '../db/sql-session.ts';
import { createAnswers, type Answers, type Made } from '../kernel/answers.ts';
import { atOneMoment, type ServiceContext } from '../kernel/context.ts';
import { createTurns, type Turns } from '../kernel/turns.ts';
import { isAgencyUpToDate, refreshAgency, spreadTools } from '../rollups/refresh.ts';
import { markOf, type AnswerRules, type AskedAnswer } from './answer-rules.ts';
import { memoryFor, type Memory } from './memory.ts';
import { openKpiOn } from './open-kpi.ts';

/**
 * Makes an answer, all of one moment of the database, with the mark of what it rests on unless something is written
 * that is not in the figures. Mostly nothing waits to be counted, and the first look is the answer.
 */
export async function makeAnswer<TWanted, TAnswer>(
  ctx: ServiceContext,
  asked: AskedAnswer<TWanted>,
  rules: AnswerRules<TWanted, TAnswer>,
): Promise<Made<TAnswer>> {
  const memory = memoryFor(ctx);
  for (let isPrepared = false; ; isPrepared = true) {
    const at = (sql: SqlSession) => look(ctx, sql, { asked, rules, memory, isPrepared });
    // oxlint-disable-next-line no-await-in-loop
    const seen = await turnsOf(memory).take(() => atOneMoment(ctx, at));
    if ('answer' in seen) return seen;
    // oxlint-disable-next-line no-await-in-loop
    if (seen.isOld) await count(ctx, memory, { until: rules.until(asked), now: asked.asOf });
    // oxlint-disable-next-line no-await-in-loop
    if (seen.isLacking) await rules.provide?.(ctx, asked, memory);
  }
}

/**
 * Some connections of the read pool are left to those who only look whether an answer was kept. Whoever waits longer
 * than its callers do is told so rather than put at the end of the line again.
 */
const TURNS = { atOnce: 5, mostWaiting: 200, longestMs: 20_000 } as const;
const turns = new WeakMap<object, Turns>();

function turnsOf({ owner }: Memory): Turns {
  const known = turns.get(owner) ?? createTurns(TURNS);
  turns.set(owner, known);
  return known;
}

interface Look<TWanted, TAnswer> {
  readonly asked: AskedAnswer<TWanted>;
  readonly rules: AnswerRules<TWanted, TAnswer>;
  readonly memory: Memory;
  readonly isPrepared: boolean;
}

/** What is to be done before figures can be told. */
interface Lacking {
  /** Some facts are not counted yet, or recurring costs not spread. */
  readonly isOld: boolean;
  /** What the answer needs beside figures may not be there yet. */
  readonly isLacking: boolean;
}

async function look<TWanted, TAnswer>(
  ctx: ServiceContext,
  sql: SqlSession,
  { asked, rules, memory, isPrepared }: Look<TWanted, TAnswer>,
): Promise<Made<TAnswer> | Lacking> {
  const { agencyId } = ctx;
  const [world, isUpToDate, isLacking] = await Promise.all([
    openKpiOn(sql, { agencyId, today: asked.today, memory, ...markOf(asked) }),
    isAgencyUpToDate(ctx, sql, rules.until(asked)),
    rules.lacks?.(sql, asked) ?? false,
  ]);
  if (!isPrepared && (!isUpToDate || isLacking)) return { isOld: !isUpToDate, isLacking };
  const answer = await rules.read(world, asked);
  const { isSettled, whole } = world.marks;
  return { answer, mark: isSettled ? whole : undefined };
}

const counts = new WeakMap<object, Answers<void>>();

/** Many who find facts that are not counted count them once, or once more for who came while it was under way. */
async function count(
  ctx: ServiceContext,
  { owner }: Memory,
  { until, now }: { readonly until: string; readonly now: Date },
): Promise<void> {
  // Recurring costs are spread up to the last day that any figure is of.
  await spreadTools(ctx, until);
  const known = counts.get(owner) ?? createAnswers<void>();
  counts.set(owner, known);
  await known.take({ key: ctx.agencyId, mark: undefined, now }, async () => {
    await refreshAgency(ctx);
    return { answer: undefined, mark: undefined };
  });
}
