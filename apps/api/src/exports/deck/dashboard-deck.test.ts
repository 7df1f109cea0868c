import type { KpiDashboard } from '@retainer/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { busyDashboard } from '../../testing/exports/busy-dashboard.ts';
import { someAnnotations } from '../../testing/exports/dashboard-insights.ts';
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
      '1 of 2 goals reached or on track; Revenue missed the goal: $9,480.00 of $10,000.00',
      '$3,105.67 went in and $9,480.00 came out: ROI 205.2 %',
      'ROI was above 0 in 8 of 12 months; Sep 2026 was best with 204 %',
      'Revenue rose 29.5 % to $9,480.00',
      'Autumn menu did best, with an ROI of 409.5 %',
      '10 of 12 clients are active, most of them on Silver',
      'Conversions fell 13.6 % to 19; 2 more got worse; 7 things need attention, 1 of them urgent',
      'Of 24 figures 17 are better than before and 3 worse',
      '41 of 45 posts are measured, 10 of 12 clients have a known value',
    ]);
  });

  test('when hardly anything is known, then the slides say so and stay in order', () => {
    expect(titlesOf(uglyDashboard())).toEqual([
      'Leads: 0',
      expect.stringContaining('1 of 2 goals'),
      'KWD 0.005 went in; what came out is not known',
      expect.stringContaining('4 of 4 months'),
      'Impressions: 9,007,199,254',
      expect.stringContaining('did best, with an ROI of 12,345.7 %'),
      '45 of 45 clients are active, most of them on -2+3\uFFFE',
      'Nothing to compare with yet; 3 gaps in the data; 7 things need attention, 1 of them urgent',
      '12 of 24 figures are known',
      '0 of 45 posts are measured, 0 of 45 clients have a known value',
    ]);
  });

  test('when no day is over, then slides without anything to show are left out', () => {
    const titles = titlesOf(emptyDashboard());
    expect(titles).toHaveLength(7);
    expect(titles[0]).toBe('ROI not available: this period has no complete day yet');
  });

  test('when there is more than a slide holds, then it is counted, and ten slides stay the most', () => {
    const { slides } = dashboardDeck({ dashboard: busyDashboard(), brand });
    const topics = slides.map(({ topic }) => topic);
    expect(topics.slice(0, 4)).toEqual([
      'Harbor & Pine: where we stand',
      'Goals',
      'Investment and return',
      'Return by month',
    ]);
    expect(topics).toHaveLength(10);
    const said = JSON.stringify(slides.map(({ rows }) => rows));
    for (const left of ['17 more are', '37 more are', 'And 143 more.', '61 more allowances']) {
      expect(said).toContain(left);
    }
  });

  test('when something happened but nothing was earned, then it is told all the same', () => {
    const dashboard = { ...emptyDashboard(), annotations: someAnnotations('Office moved') };
    const months = dashboardDeck({ dashboard, brand }).slides.find(
      ({ topic }) => topic === 'Return by month',
    );
    expect(months?.title).toBe('No month has a known return yet');
    expect(JSON.stringify(months?.rows)).toContain('1. Sep 14, 2026: Office moved');
  });

  test('when only clients have goals, then they are a slide, and without any there is none', () => {
    const none = emptyDashboard();
    const clients = { ...none.goals.clients, behind: 1, reached: 2 };
    const some = { ...none, goals: { ...none.goals, clients } };
    expect(titlesOf(some)[1]).toBe('2 of 3 goals of clients reached or on track');
    const topics = dashboardDeck({ dashboard: none, brand }).slides.map(({ topic }) => topic);
    expect(topics).not.toContain('Goals');
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

const trend = fc.constantFrom('up', 'down', 'stable', 'new', 'no_data');
const good = fc.constantFrom(true, false, null);
const percent = fc.option(
  fc.integer({ min: -99_999_999, max: 99_999_999 }).map((one) => (one / 1e4).toFixed(4)),
);
const reason = fc.constantFrom(
  'missing_data',
  'zero_denominator',
  'missing_rate',
  'no_complete_day',
);
const count = fc.option(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }));
const digits = fc.option(
  fc.integer({ min: -1e12, max: 1e12 }).map((one) => (one / 100).toFixed(2)),
);
const ratio = fc.option(fc.integer({ min: -1e9, max: 1e9 }).map((one) => (one / 1e6).toFixed(6)));

/** A figure whose parts need not fit together: whatever it says, the deck has words for it. */
function anyKpi<TValue, TChange>(value: fc.Arbitrary<TValue>, change: fc.Arbitrary<TChange>) {
  const parts = { current: value, previous: fc.option(value), change: fc.option(change) };
  const reasons = { reason: fc.option(reason, { nil: undefined }) };
  return fc.record({ ...parts, changePercent: percent, trend, good, ...reasons });
}

const countKpi = anyKpi(count, fc.integer());
const decimalKpi = anyKpi(ratio, fc.constantFrom('0.100000', '-2.500000'));
const money = digits.map((amount) => ({
  amount,
  currency: 'USD',
  reason: 'missing_rate' as const,
}));
const amountKpi = anyKpi(money, fc.constant({ amount: '1.00', currency: 'USD' }));

/** Figures in the place of known ones. */
interface Made {
  readonly performance: object;
  readonly clients: object;
  readonly roi: object;
}

function dashboardWith({ performance, clients, roi }: Made): KpiDashboard {
  const known = goodDashboard();
  return {
    ...known,
    performance: { ...known.performance, ...performance },
    clients: { ...known.clients, ...clients },
    roi: { ...known.roi, ...roi },
  };
}

const anyDashboard = fc
  .record({
    performance: fc.record({ impressions: countKpi, revenue: amountKpi, averageRoi: decimalKpi }),
    clients: fc.record({ active: countKpi }),
    roi: fc.record({ totalCost: amountKpi, totalValue: amountKpi, roiPercent: decimalKpi }),
  })
  .map(dashboardWith);

describe('given figures of any state', () => {
  test('when a deck is made of them, then each slide has a message without holes', () => {
    fc.assert(
      fc.property(anyDashboard, (dashboard) => {
        const { slides } = dashboardDeck({ dashboard, brand });
        expect(slides.length).toBeLessThanOrEqual(10);
        const texts = slides.flatMap(({ title, notes }) => [title, notes]);
        for (const text of texts) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(/undefined|null|NaN|Infinity| {2}/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});
