import type { FigureRow } from '../figures/rows.ts';
import { showCurrent, showPrevious } from '../figures/show-row.ts';
import { DASH } from '../figures/show.ts';
import { figureMessage } from './messages.ts';

/** What the one who speaks should know of figures: what each is, and what it was. */
export function notesOf(rows: readonly FigureRow[], more: readonly string[] = []): string {
  const lines = rows.map((row) => `${row.label}: ${row.entry.definition} ${numbersOf(row)}`);
  return [...lines, ...more].join('\n');
}

function numbersOf(row: FigureRow): string {
  if (row.current === null) return `${figureMessage(row)}.`;
  const before = showPrevious(row);
  return before === DASH
    ? `Now ${showCurrent(row)}.`
    : `Now ${showCurrent(row)}, before ${before}.`;
}
