import type { FigureRow } from '../../figures/rows.ts';
import { showCurrent, showPrevious } from '../../figures/show-row.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide, TableBlock } from '../deck.ts';
import { changeOf } from '../messages.ts';
import { notesOf } from '../notes.ts';

/** Every figure, in two tables side by side. */
export function figuresSlide({ rows }: SlideFacts): Slide {
  const half = Math.ceil(rows.length / 2);
  return {
    topic: 'Appendix: all figures',
    title: titleOf(rows),
    rows: [{ blocks: [tableOf(rows.slice(0, half)), tableOf(rows.slice(half))] }],
    notes: notesOf(rows),
  };
}

function tableOf(rows: readonly FigureRow[]): TableBlock {
  return {
    kind: 'table',
    columns: [
      { label: 'Figure', align: 'left', share: 2.6 },
      { label: 'Now', align: 'right', share: 1.6 },
      { label: 'Before', align: 'right', share: 1.6 },
      { label: 'Change', align: 'right', share: 1.4 },
    ],
    rows: rows.map((row) => [row.label, showCurrent(row), showPrevious(row), changeOf(row)]),
  };
}

function titleOf(rows: readonly FigureRow[]): string {
  const count = (good: boolean): number => rows.filter((row) => row.good === good).length;
  const known = rows.filter(({ current }) => current !== null).length;
  const compared = rows.some(({ previous }) => previous !== null);
  if (!compared) return `${known} of ${rows.length} figures are known`;
  return `Of ${rows.length} figures ${count(true)} are better than before and ${count(false)} worse`;
}
