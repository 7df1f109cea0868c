import type { ExportRow } from './rows.ts';
import { showCurrent } from './show-row.ts';
import { showPrice } from './show.ts';

/** A number of a goal. What one impression costs is less than the smallest coin, and shown to more places. */
export function showGoal(row: ExportRow): string {
  const { unit, current, currency } = row;
  const isTiny = unit === 'money' && current !== null && Math.abs(Number(current)) < 1;
  return isTiny ? showPrice(current, currency ?? '') : showCurrent(row);
}
