import { localDateOf } from '@retainer/domain';
import type * as z from 'zod';

import { createAnswers, mayKeep, type Answers } from '../kernel/answers.ts';
import { atOneMoment, type ServiceContext } from '../kernel/context.ts';
import { readAgencyTerms } from '../tenancy/agency-terms.ts';
import { markOf, type AnswerRules } from './answer-rules.ts';
import { askedPeriod } from './asked-period.ts';
import type { AskedPeriodFields } from './dashboard-input.ts';
import { makeAnswer } from './make-answer.ts';
import { readMarks } from './mark.queries.ts';

/** Answers that are kept under a mark of all that they rest on, and made by these rules where that is another. */
export function keptAnswer<TWanted extends z.output<typeof AskedPeriodFields>, TAnswer>(
  rules: AnswerRules<TWanted, TAnswer>,
): (ctx: ServiceContext, wanted: TWanted) => Promise<TAnswer> {
  // By connection, so that databases in one process do not share their answers.
  const kept = new WeakMap<object, Answers<TAnswer>>();
  const answersOf = (ctx: ServiceContext): Answers<TAnswer> | undefined => {
    if (!mayKeep(ctx)) return undefined;
    const driver = ctx.em.getDriver();
    const known = kept.get(driver) ?? createAnswers<TAnswer>(rules.capacity);
    kept.set(driver, known);
    return known;
  };
  return async (ctx, wanted) => {
    const asOf = ctx.now();
    const answers = answersOf(ctx);
    const { asked, marks } = await atOneMoment(ctx, async (sql) => {
      const { timeZone, currency } = await readAgencyTerms(sql);
      const today = localDateOf(timeZone, asOf.getTime());
      const found = { wanted, period: askedPeriod(wanted, today), currency, today, asOf };
      return { asked: found, marks: answers && (await readMarks(sql, markOf(found))) };
    });
    const make = () => makeAnswer(ctx, asked, rules);
    if (!answers) return (await make()).answer;
    const key = JSON.stringify([ctx.agencyId, asked.today, wanted]);
    const mark = marks?.isSettled === true ? marks.whole : undefined;
    return answers.take({ key, mark, now: asOf }, make);
  };
}
