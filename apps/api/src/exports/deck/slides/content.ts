import { comparedChart } from '../charts.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { Slide } from '../deck.ts';
import { figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { tileOf } from '../tiles.ts';

/** How much was made and published. */
export function contentSlide({ rows, row }: SlideFacts): Slide {
  const own = rows.filter(({ section }) => section === 'contentVelocity');
  const counts = own.filter(({ unit }) => unit === 'count');
  const chart = comparedChart(counts, { title: 'Posts and content', format: { kind: 'count' } });
  return {
    topic: 'Content velocity',
    title: figureMessage(row('contentVelocity', 'posts')),
    rows: [{ blocks: [{ kind: 'tiles', tiles: own.map(tileOf) }] }, { blocks: [chart] }],
    notes: notesOf(own),
  };
}
