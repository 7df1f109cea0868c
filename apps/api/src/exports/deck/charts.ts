import type { FigureRow } from '../figures/rows.ts';
import type { ChartBlock } from './deck.ts';

/** Figures as columns, each beside what it was where that is known. */
export function comparedChart(
  rows: readonly FigureRow[],
  { title, format }: Pick<ChartBlock, 'title' | 'format'>,
): ChartBlock {
  const hasPrevious = rows.some(({ previous }) => previous !== null);
  const before = rows.map(({ previous }) => drawn(previous));
  return {
    kind: 'chart',
    type: 'column',
    title: chartTitle(hasPrevious ? `${title}, before and now` : title, format),
    categories: rows.map(({ label }) => label),
    series: [
      ...(hasPrevious ? [{ name: 'Before', values: before, color: 'muted' } as const] : []),
      { name: 'Now', values: rows.map(({ current }) => drawn(current)), color: 'primary' },
    ],
    format,
  };
}

/** By how much each figure changed that has a base; no chart of less than two. */
export function changesChart(rows: readonly FigureRow[]): ChartBlock[] {
  const changed = rows.filter(({ changePercent }) => changePercent !== null);
  if (changed.length < 2) return [];
  return [
    {
      kind: 'chart',
      type: 'bar',
      title: 'Change, in per cent',
      categories: changed.map(({ label }) => label),
      series: [
        {
          name: 'Change',
          values: changed.map(({ changePercent }) => drawn(changePercent)),
          color: 'primary',
        },
      ],
      format: { kind: 'percent' },
    },
  ];
}

/** A number to draw: where a line ends needs no more digits than a binary number has. */
export function drawn(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** A title that says what money is counted in, which axes leave out. */
export function chartTitle(title: string, format: ChartBlock['format']): string {
  return format.kind === 'money' ? `${title}, in ${format.currency}` : title;
}
