import { changesChart } from '../charts.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide } from '../deck.ts';
import { figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { loudestOf } from '../ranking.ts';
import { tileOf } from '../tiles.ts';

/** What posts brought. */
export function performanceSlide({ dashboard, rows, row }: SlideFacts): Slide {
  const own = rows.filter(({ section }) => section === 'performance');
  const loudest = loudestOf(own) ?? row('performance', 'impressions');
  const { coverage } = dashboard;
  const measured = coverage
    ? [`Impressions are known of ${coverage.measuredPosts} of ${coverage.posts} posts.`]
    : [];
  return {
    topic: 'Performance',
    title: figureMessage(loudest),
    rows: [
      { blocks: [{ kind: 'tiles', tiles: own.slice(0, 3).map(tileOf) }] },
      { blocks: [{ kind: 'tiles', tiles: own.slice(3).map(tileOf) }] },
      ...changesChart(own).map((chart) => ({ blocks: [chart] })),
    ],
    notes: notesOf(own, measured),
  };
}
