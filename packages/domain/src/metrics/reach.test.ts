import { describe, expect, test } from 'vitest';

import { reachAggregate } from './reach.ts';
import { shownMetric } from './shown-metric.ts';

describe('given the people reached on each day', () => {
  const days = [1000n, 1200n, 900n];

  test('when the host tells the period, then that stands, with the mean beside it', () => {
    const figures = reachAggregate({ dailyReach: days, periodUniqueReach: 2100n });
    expect(figures).toMatchObject({
      reach: { value: 2100n },
      averageDailyReach: { value: '1033.333333' },
    });
  });

  test('when it does not, then reach is unknown and never the sum', () => {
    const figures = reachAggregate({ dailyReach: [...days, null], periodUniqueReach: null });
    expect(figures).toMatchObject({
      reach: { value: null, reason: 'not_additive' },
      averageDailyReach: { value: '1033.333333' },
    });
  });

  test('when nothing was told, then both are missing', () => {
    expect(reachAggregate({ dailyReach: [null], periodUniqueReach: null })).toEqual({
      reach: { value: null, reason: 'missing_data' },
      averageDailyReach: { value: null, reason: 'missing_data' },
    });
  });
});

describe('given a metric that is never added to days', () => {
  test('when its total is pushed twice, then it is told once', () => {
    const total = { at: 1, value: 283n };
    expect(shownMetric([total, total])).toEqual({ value: 283n });
  });

  test('when it is observed again, then the newest stands, in any order', () => {
    const levels = [
      { at: 2, value: 9n },
      { at: 3, value: 7n },
      { at: 1, value: 8n },
    ];
    expect(shownMetric(levels)).toEqual({ value: 7n });
  });

  test('when nothing was observed, then it is unknown and not 0', () => {
    expect(shownMetric([])).toEqual({ value: null, reason: 'missing_data' });
  });
});
