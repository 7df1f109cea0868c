import { describe, expect, test } from 'vitest';

import { busyDashboard } from '../../testing/exports/busy-dashboard.ts';
import { emptyDashboard, goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { NEUTRAL_LOOK } from '../brand/brand.ts';
import { dashboardDeck } from '../deck/dashboard-deck.ts';
import { PAGE } from './geometry.ts';
import { layOutDeck } from './lay-out-deck.ts';
import type { Box, Part } from './scene.ts';

const brand = {
  name: 'A name that is long enough to be cut at the corner of a slide',
  ...NEUTRAL_LOOK,
};
const DASHBOARDS = {
  good: goodDashboard(),
  busy: busyDashboard(),
  ugly: uglyDashboard(),
  empty: emptyDashboard(),
};
const CASES = Object.entries(DASHBOARDS).flatMap(([name, dashboard]) =>
  layOutDeck(dashboardDeck({ dashboard, brand })).map((page) => ({
    name,
    title: page.title,
    page,
  })),
);

/** Whether two boxes share more than an edge. */
function overlap(one: Box, other: Box): boolean {
  const EDGE = 0.01;
  return (
    one.x + one.w > other.x + EDGE &&
    other.x + other.w > one.x + EDGE &&
    one.y + one.h > other.y + EDGE &&
    other.y + other.h > one.y + EDGE
  );
}

const isContent = ({ kind }: Part): boolean =>
  kind === 'text' || kind === 'table' || kind === 'chart';

describe('given a slide that was laid out', () => {
  test.each(CASES)(
    'when it is "$title", then nothing leaves the page or covers anything',
    ({ page }) => {
      for (const { box } of page.parts) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.w).toBeLessThanOrEqual(PAGE.w + 0.001);
        expect(box.y + box.h).toBeLessThanOrEqual(PAGE.h + 0.001);
      }
      const content = page.parts.filter(isContent);
      const pairs = content.flatMap((one, index) =>
        content.slice(index + 1).map((other) => [one, other] as const),
      );
      // A dot before a line shares the line's box.
      const bad = pairs.filter(
        ([one, other]) =>
          overlap(one.box, other.box) && !(one.kind === 'text' && one.lines.join('') === '•'),
      );
      expect(bad).toEqual([]);
    },
  );

  test.each(CASES)(
    'when "$title" shows numbers in tables or tiles, then none is cut',
    ({ page }) => {
      const cells = page.parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : []));
      const cut = cells.filter(({ align, text }) => align === 'right' && text.includes('…'));
      const large = page.parts.filter(
        (part) => part.kind === 'text' && part.bold && part.size > 12 && part.valign === 'middle',
      );
      expect([
        cut,
        large.filter((part) => part.kind === 'text' && part.lines.join().includes('…')),
      ]).toEqual([[], []]);
    },
  );
});
