import { describe, expect, test } from 'vitest';

import { emptyDashboard, goodDashboard, uglyDashboard } from '../../testing/exports/dashboards.ts';
import { plain } from '../../testing/exports/read-back.ts';
import { NEUTRAL_LOOK } from '../brand/brand.ts';
import { dashboardDeck } from './dashboard-deck.ts';

const brand = { name: 'Harbor & Pine', ...NEUTRAL_LOOK };
const titlesOf = (dashboard: ReturnType<typeof goodDashboard>): string[] =>
  dashboardDeck({ dashboard, brand }).slides.map(({ title }) => plain(title));

describe('given a dashboard', () => {
  test('when most went well, then each slide says its message, the proof last', () => {
    expect(titlesOf(goodDashboard())).toEqual([
      'ROI rose 38.1 points to 205.2 %',
      '$3,105.67 went in and $9,480.00 came out: ROI 205.2 %',
      'ROI was above 0 in 8 of 12 months; Sep 2026 was best with 204 %',
      'Revenue rose 29.5 % to $9,480.00',
      'Posts published rose 9.8 % to 45',
      'Autumn menu did best, with an ROI of 409.5 %',
      '10 of 12 clients are active, most of them on Silver',
      'Conversions fell 13.6 % to 19; 1 more got worse',
      'Of 19 figures 14 are better than before and 2 worse',
      '41 of 45 posts are measured, 10 of 12 clients have a known value',
    ]);
  });

  test('when hardly anything is known, then the slides say so and stay in order', () => {
    expect(titlesOf(uglyDashboard())).toEqual([
      'Leads: 0',
      'KWD 0.005 went in; what came out is not known',
      expect.stringContaining('4 of 4 months'),
      'Impressions: 9,007,199,254',
      'Posts published: 45',
      expect.stringContaining('did best, with an ROI of 12,345.7 %'),
      '45 of 45 clients are active, most of them on -2+3\uFFFE',
      'Nothing got worse; 3 gaps in the data',
      '12 of 19 figures are known',
      '0 of 45 posts are measured, 0 of 45 clients have a known value',
    ]);
  });

  test('when no day is over, then slides without anything to show are left out', () => {
    const titles = titlesOf(emptyDashboard());
    expect(titles).toHaveLength(8);
    expect(titles[0]).toBe('ROI not available: this period has no complete day yet');
  });

  test('when its foot is read, then it tells days, comparison, zone, currency and time', () => {
    const { footer } = dashboardDeck({ dashboard: goodDashboard(), brand });
    expect(plain(footer)).toBe(
      'Sep 1 – 30, 2026 · Compared with Aug 1 – 31, 2026 · Europe/Berlin · USD · Numbers as of Oct 1, 2026, 9:15 AM',
    );
  });

  test('when notes are read, then they hold each figure’s formula', () => {
    for (const { topic, notes } of dashboardDeck({ dashboard: goodDashboard(), brand }).slides) {
      expect([topic, notes.length > 40]).toEqual([topic, true]);
    }
    const [headline] = dashboardDeck({ dashboard: goodDashboard(), brand }).slides;
    expect(headline?.notes).toContain('(Value − cost) ÷ cost');
  });
});
