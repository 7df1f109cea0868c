import { showDate } from '../../figures/show-dates.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide } from '../deck.ts';
import { figureMessage } from '../messages.ts';
import { gapsOf } from './problems.ts';

/** What the figures mean, where they come from, and what they do not know. */
export function definitionsSlide({ dashboard, rows }: SlideFacts): Slide {
  const gaps = gapsOf(dashboard, rows);
  const unknown = rows.filter(({ current }) => current === null).map(figureMessage);
  return {
    topic: 'Appendix: definitions, sources and gaps',
    title: titleOf(dashboard),
    rows: [
      {
        blocks: [
          {
            kind: 'text',
            heading: 'Definitions',
            lines: rows.map(({ label, entry }) => `${label}: ${entry.definition}`),
            bullets: true,
          },
          {
            kind: 'text',
            heading: 'Sources and gaps',
            lines: [...SOURCES, ...freshnessOf(dashboard), ...gaps, ...unknown],
            bullets: true,
          },
        ],
        shares: [3, 2],
      },
    ],
    notes: [...SOURCES, ...HOW].join('\n'),
  };
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
