import { addMonthsClamped } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { DateRange } from '../rollups/sums.ts';
import type { Marks } from './mark.queries.ts';
import type { Memory } from './memory.ts';

/** What parts of answers are read by, and kept under. */
export interface Kept {
  readonly sql: SqlSession;
  readonly agencyId: string;
  readonly marks: Marks & {
    /** Of the figures of each client, by id. */
    readonly clients: ReadonlyMap<string, string>;
  };
  readonly memory: Memory;
}

/** The mark of what tools cost on some days: of the months that they touch. */
export function toolsMark(
  { marks }: Pick<Kept, 'marks'>,
  { startDate, endDate }: DateRange,
): string {
  const months: string[] = [];
  for (let month = `${startDate.slice(0, -2)}01`; month <= endDate;) {
    months.push(marks.tools.get(month) ?? '');
    month = addMonthsClamped(month, 1);
  }
  return months.join(' ');
}

/** Of which clients a statement is asked: undefined where it is all of them, which is less to say. */
export function wanted(
  { marks }: Pick<Kept, 'marks'>,
  ids: readonly string[],
): readonly string[] | undefined {
  return ids.length === marks.clients.size ? undefined : ids;
}
