import type { ReportRow } from '@retainer/core';

import type { Slide } from '../../exports/deck/deck.ts';
import { showCount } from '../../exports/figures/show.ts';
import { changeOf, countText, type CountKpi } from '../kpi-words.ts';

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
const MEASURES: readonly (readonly [Measure, string])[] = [
  ['leads', 'Leads'],
  ['engagement', 'Engagement'],
  ['impressions', 'Impressions'],
  ['posts', 'Posts'],
];

/** Rows of a breakdown, those that brought most first; no slide where there are none. */
export function breakdownSlide(
  rows: readonly ReportRow[] | undefined,
  { topic, column }: BreakdownWords,
): Slide | undefined {
  const [best] = rows ?? [];
  if (!rows || !best) return undefined;
  const shown = rows.slice(0, SHOWN);
  const [measure, word] = measureOf(rows);
  return {
    topic,
    title: `${best.label} brought most: ${countText(best[measure])} ${word.toLowerCase()}`,
    rows: [
      {
        blocks: [
          {
            kind: 'table',
            columns: [
              { label: column, align: 'left', share: 2 },
              ...MEASURES.map(([, label]) => ({ label, align: 'right', share: 1.2 }) as const),
              { label: `${word}, change`, align: 'right', share: 1.4 },
            ],
            rows: shown.map((row) => [
              row.label,
              ...MEASURES.map(([name]) => countText(row[name])),
              changeOf(row[measure]),
            ]),
            note: rows.length > SHOWN ? `${rows.length - SHOWN} more are not shown.` : undefined,
          },
          {
            kind: 'chart',
            type: 'bar',
            title: word,
            categories: shown.map(({ label }) => label),
            series: [
              { name: word, values: shown.map((row) => row[measure].current), color: 'primary' },
            ],
            format: { kind: 'count' },
          },
        ],
        shares: [5, 3],
      },
    ],
    notes: `A dash is a number that is not known; it is not 0. In all: ${showCount(totalOf(rows.map((row) => row[measure])))} ${word.toLowerCase()} shown.`,
  };
}

/** Leads where there are any, else what most rows know. */
function measureOf(rows: readonly ReportRow[]): readonly [Measure, string] {
  const told = MEASURES.find(([name]) => rows.some((row) => (row[name].current ?? 0) > 0));
  return told ?? ['posts', 'Posts'];
}

function totalOf(counts: readonly CountKpi[]): number {
  return counts.reduce((sum, { current }) => sum + (current ?? 0), 0);
}
