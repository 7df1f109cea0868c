import type { FigureRow, Reason } from '../../figures/rows.ts';
import { showDate } from '../../figures/show-dates.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide, TextBlock } from '../deck.ts';
import { gapsOf } from './problems.ts';

/** What the figures mean, where they come from, and what they do not know. */
export function definitionsSlide({ dashboard, rows }: SlideFacts): Slide {
  const gaps = gapsOf(dashboard, rows);
  const half = Math.ceil(rows.length / 2);
  return {
    topic: 'Appendix: definitions, sources and gaps',
    title: titleOf(dashboard),
    rows: [
      {
        blocks: [
          definitionsOf(rows.slice(0, half), 'Definitions'),
          definitionsOf(rows.slice(half), 'Definitions, continued'),
          {
            kind: 'text',
            heading: 'Sources and gaps',
            lines: [...SOURCES, ...freshnessOf(dashboard), ...gaps, ...unknownOf(rows)],
            bullets: true,
          },
        ],
        shares: [1, 1, 1],
      },
    ],
    notes: [...SOURCES, ...HOW].join('\n'),
  };
}

function definitionsOf(rows: readonly FigureRow[], heading: string): TextBlock {
  const lines = rows.map(({ label, entry }) => `${label}: ${entry.definition}`);
  return { kind: 'text', heading, lines, bullets: true };
}

const SOURCES = [
  'Posts and metrics: as the scheduler told them. Days are local to each client.',
  'Cost: tracked time, tools, ad spend and other costs. Value: conversions and revenue that were told.',
];

const HOW = [
  'Change: now less before, as a share of before. Returns change in percentage points.',
  'Within 4 % or 2 points a figure is stable. A fall in cost is welcome.',
  'A dash is a number that is not known; it is not 0.',
];

const WHY: Readonly<Record<Reason, string>> = {
  missing_data: 'Nothing was told of',
  zero_denominator: 'There is nothing to divide by for',
  missing_rate: 'An hourly or exchange rate is missing for',
  mixed_currency: 'There are several currencies in',
  not_additive: 'Single days do not add up to',
  missing_benchmark: 'No benchmark is set for',
  no_complete_day: 'No day is over for',
  no_data: 'There is nothing yet to tell of',
};

/** What is unknown, a line a reason. */
function unknownOf(rows: readonly FigureRow[]): string[] {
  const unknown = rows.filter(({ current }) => current === null);
  const byReason = Map.groupBy(unknown, ({ reason }) => reason ?? 'missing_data');
  return [...byReason].map(
    ([reason, of]) => `${WHY[reason]}: ${of.map(({ label }) => label).join(', ')}.`,
  );
}

function titleOf({ coverage }: SlideFacts['dashboard']): string {
  if (!coverage) return 'The figures begin when a day is over';
  const { posts, measuredPosts, clients, withValue } = coverage;
  return `${measuredPosts} of ${posts} posts are measured, ${withValue} of ${clients} clients have a known value`;
}

function freshnessOf({ freshness }: SlideFacts['dashboard']): string[] {
  const { metricsUntil, clientsWithMetrics } = freshness;
  if (metricsUntil === null) return ['No metric was ever observed.'];
  return [`Metrics of ${clientsWithMetrics} clients, the last of ${showDate(metricsUntil)}.`];
}
