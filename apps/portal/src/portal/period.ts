import { PERIODS, type PeriodName } from './summary.ts';

/** The days that are asked for: by a name, or by dates. */
export type PeriodAsk =
  | { readonly period: PeriodName }
  | { readonly startDate: string; readonly endDate: string };

const DATES = /^(\d{4}-\d{2}-\d{2})(?:\/|\.\.)(\d{4}-\d{2}-\d{2})$/;

/** The period that an attribute names, `last-30-days` or `2026-09-01/2026-09-15`; undefined where it names none. */
export function readPeriod(text: string | undefined): PeriodAsk | undefined {
  if (!text) return { period: 'month_to_date' };
  const [, startDate, endDate] = DATES.exec(text.trim()) ?? [];
  if (startDate !== undefined && endDate !== undefined) return { startDate, endDate };
  const name = text.trim().toLowerCase().replaceAll('-', '_');
  const period = PERIODS.find((one) => one === name);
  return period && { period };
}
