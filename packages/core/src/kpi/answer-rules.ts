import type { DashboardPeriod, LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { ServiceContext } from '../kernel/context.ts';
import type { KpiWorld } from './counted.ts';
import { goalMonths } from './dashboard-goals.ts';
import type { MarkAsked } from './mark.queries.ts';
import type { Memory } from './memory.ts';

/** What is asked of which days, and of which moment the answer is. */
export interface AskedAnswer<TWanted> {
  readonly wanted: TWanted;
  readonly period: DashboardPeriod;
  readonly currency: string;
  readonly today: LocalDate;
  readonly asOf: Date;
}

/** An answer over all clients of an agency. What it reads must be in `Marks`, or it is up to a minute old. */
export interface AnswerRules<TWanted, TAnswer> {
  /** How many answers are kept at most. */
  readonly capacity?: number;
  /** The last day that any figure is of. */
  readonly until: (asked: AskedAnswer<TWanted>) => LocalDate;
  /** Reads it in the world's view of the database, where all facts are counted. */
  readonly read: (world: KpiWorld, asked: AskedAnswer<TWanted>) => Promise<TAnswer>;
  /** What else must be written before it can be read, if it may be lacking in this view. */
  readonly lacks?: (sql: SqlSession, asked: AskedAnswer<TWanted>) => Promise<boolean>;
  readonly provide?: (
    ctx: ServiceContext,
    asked: AskedAnswer<TWanted>,
    memory: Memory,
  ) => Promise<void>;
}

/** What is marked of an answer. */
export function markOf({ period, today, asOf }: Omit<AskedAnswer<unknown>, 'wanted'>): MarkAsked {
  return { now: asOf.getTime(), months: [...goalMonths(period.asked), `${today.slice(0, -2)}01`] };
}
