import { daysBetween, DomainError, type DomainErrorCode, type LocalDate } from '@retainer/domain';
import type * as z from 'zod';

import { LocalDay, rule } from '../tenancy/input-fields.ts';

/** How a cost names its days: one, or the first and the last. */
export const SPAN_FIELDS = {
  date: LocalDay.optional(),
  startDate: LocalDay.optional(),
  /** The first when left out. */
  endDate: LocalDay.optional(),
} as const;

/** The days an amount is spread over, both included. */
export interface CostSpan {
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
}

interface SpanInput {
  readonly date?: LocalDate | undefined;
  readonly startDate?: LocalDate | undefined;
  readonly endDate?: LocalDate | undefined;
}

// Ten years and their leap days: every day of a span is a row of figures.
const MOST_DAYS = 3_653;

/** The rule of an input that has to name its days; `readSpan` reads what it lets through. */
export function namesDays(input: SpanInput, ctx: z.RefinementCtx): void {
  // What is no date is told alone: nothing can be counted with it.
  if (ctx.issues.length > 0) return;
  const { date, startDate, endDate } = input;
  if ((date === undefined) === (startDate === undefined)) {
    const message = 'or startDate must be given, and not both';
    ctx.addIssue({ code: 'custom', path: ['date'], message });
  } else if (date !== undefined && endDate !== undefined) {
    ctx.addIssue({ code: 'custom', path: ['endDate'], message: 'goes with startDate, not date' });
  } else {
    const problem = problemOf(readSpan(input));
    if (!problem) return;
    const { code, message } = problem;
    ctx.addIssue({ code: 'custom', path: ['endDate'], message, ...rule(code) });
  }
}

/** The days of an input that `namesDays` let through; what a change leaves out is as `known`. */
export function readSpan({ date, startDate, endDate }: SpanInput, known?: CostSpan): CostSpan {
  const fromDate = date ?? startDate ?? known?.fromDate ?? '';
  return { fromDate, toDate: date ?? endDate ?? known?.toDate ?? fromDate };
}

/** Refuses a span that is inverted or longer than figures by day are kept for. */
export function checkSpan(span: CostSpan): void {
  const problem = problemOf(span);
  if (!problem) return;
  const { code, message } = problem;
  throw new DomainError(code, `endDate: ${message}`, { issues: [{ path: 'endDate', message }] });
}

interface SpanProblem {
  readonly code: DomainErrorCode;
  readonly message: string;
}

function problemOf({ fromDate, toDate }: CostSpan): SpanProblem | undefined {
  if (toDate < fromDate) {
    return { code: 'period_inverted', message: 'must not lie before the first day' };
  }
  if (daysBetween(fromDate, toDate) < MOST_DAYS) return undefined;
  const message = `must lie within ${MOST_DAYS} days of the first. Split a longer cost`;
  return { code: 'invalid_input', message };
}
