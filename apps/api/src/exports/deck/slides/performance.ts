import { changesChart } from '../charts.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide } from '../deck.ts';
import { figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { loudestOf } from '../ranking.ts';
import { tileOf } from '../tiles.ts';

/** What posts brought, and how many there were. */
export function performanceSlide({ dashboard, rows, row }: SlideFacts): Slide {
  const brought = rows.filter(({ section }) => section === 'performance');
  const made = rows.filter(({ section }) => section === 'contentVelocity');
  const loudest = loudestOf(brought) ?? row('performance', 'impressions');
  const { coverage } = dashboard;
  const measured = coverage
    ? [`Impressions are known of ${coverage.measuredPosts} of ${coverage.posts} posts.`]
    : [];
  return {
    topic: 'Performance and content',
    title: figureMessage(loudest),
    rows: [
      { blocks: [{ kind: 'tiles', tiles: brought.map(tileOf) }] },
      { blocks: [{ kind: 'tiles', tiles: made.map(tileOf) }] },
      ...changesChart(brought).map((chart) => ({ blocks: [chart] })),
    ],
    notes: notesOf([...brought, ...made], measured),
  };
}
