import type { ReportRow } from '@retainer/core';

import type { ChartBlock, Slide, TableBlock } from '../../exports/deck/deck.ts';
import { changeOf, countText } from '../kpi-words.ts';

/** What a breakdown is by. */
export interface BreakdownWords {
  /** "Platforms", say. */
  readonly topic: string;
  /** "Platform", say. */
  readonly column: string;
}

/** What a slide has room for; all that a report keeps is in its data. */
const SHOWN = 8;

type Measure = 'leads' | 'engagement' | 'impressions' | 'posts';
type Measured = readonly [Measure, string];

const MEASURES: readonly Measured[] = [
  ['leads', 'Leads'],
  ['engagement', 'Engagement'],
  ['impressions', 'Impressions'],
  ['posts', 'Posts'],
];

/** Rows of a breakdown, those that brought most first; no slide where none has a name. */
export function breakdownSlide(
  rows: readonly ReportRow[] | undefined,
  { topic, column }: BreakdownWords,
): Slide | undefined {
  const named = (rows ?? []).filter(({ key }) => key !== 'unattributed');
  const measured = measureOf(named);
  const [measure, word] = measured;
  const [best] = named.toSorted((a, b) => countIn(b, measure) - countIn(a, measure));
  if (!rows || !best) return undefined;
  const shown = rows.slice(0, SHOWN);
  return {
    topic,
    title: `${best.label} brought most: ${countText(best[measure])} ${word.toLowerCase()}`,
    rows: [
      { blocks: [tableOf(rows, { column, measure })] },
      { blocks: [chartOf(shown, measured)] },
    ],
    notes: `Change is that of ${word.toLowerCase()}. A dash is a number that is not known; it is not 0.`,
  };
}

function tableOf(
  rows: readonly ReportRow[],
  { column, measure }: { readonly column: string; readonly measure: Measure },
): TableBlock {
  const left = rows.length - SHOWN;
  return {
    kind: 'table',
    columns: [
      { label: column, align: 'left', share: 2.5 },
      ...MEASURES.map(([, label]) => ({ label, align: 'right', share: 1.2 }) as const),
      { label: 'Change', align: 'right', share: 1.2 },
    ],
    rows: rows
      .slice(0, SHOWN)
      .map((row) => [
        row.label,
        ...MEASURES.map(([name]) => countText(row[name])),
        changeOf(row[measure]),
      ]),
    note: left > 0 ? `${left} more are not shown.` : undefined,
  };
}

function chartOf(shown: readonly ReportRow[], [measure, word]: Measured): ChartBlock {
  return {
    kind: 'chart',
    type: 'bar',
    title: word,
    categories: shown.map(({ label }) => label),
    series: [{ name: word, values: shown.map((row) => row[measure].current), color: 'primary' }],
    format: { kind: 'count' },
  };
}

/** Leads where any of them brought some, else what comes next. */
function measureOf(rows: readonly ReportRow[]): Measured {
  const told = MEASURES.find(([name]) => rows.some((row) => countIn(row, name) > 0));
  return told ?? ['posts', 'Posts'];
}

function countIn(row: ReportRow, measure: Measure): number {
  return row[measure].current ?? 0;
}
