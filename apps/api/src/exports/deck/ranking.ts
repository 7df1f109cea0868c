import type { FigureRow } from '../figures/rows.ts';
import { isReturn, timesHundred } from '../figures/show-row.ts';

/** The figures that went as they should, the largest change first. */
export function winsOf(rows: readonly FigureRow[]): FigureRow[] {
  return byChange(rows.filter(({ good }) => good === true));
}

/** The figures that went as they should not, the largest change first. */
export function lossesOf(rows: readonly FigureRow[]): FigureRow[] {
  return byChange(rows.filter(({ good }) => good === false));
}

/** The figure of the largest change; else the first that is known. */
export function loudestOf(rows: readonly FigureRow[]): FigureRow | undefined {
  const moved = rows.filter(({ trend }) => trend === 'up' || trend === 'down');
  return byChange(moved)[0] ?? rows.find(({ current }) => current !== null) ?? rows[0];
}

function byChange(rows: readonly FigureRow[]): FigureRow[] {
  // Equals stay in the order of the catalogue.
  return rows.toSorted((a, b) => sizeOf(b) - sizeOf(a));
}

/** How much a figure moved: per cent and points beside each other, for order alone. What is new comes after. */
function sizeOf(row: FigureRow): number {
  if (row.change === null) return 0;
  if (row.unit === 'ratio') return Math.abs(Number(timesHundred(row.change)));
  if (isReturn(row)) return Math.abs(Number(row.change));
  return Math.abs(Number(row.changePercent ?? 0));
}
