import { describe, expect, test } from 'vitest';

import type { Window } from '../calendar/instant.ts';
import { priceEntry } from './price-entry.ts';
import { timerFigures } from './running.ts';
import { secondsOf } from './split-by-day.ts';

const startedAt = Date.parse('2025-09-10T08:00:00Z');
const now = Date.parse('2025-09-10T09:30:00Z');
const price = (span: Window): bigint | null =>
  priceEntry([{ seconds: secondsOf(span), minorPerHour: 8000n }])?.totalMinor ?? null;

describe('given a timer', () => {
  test('when it runs, then it shows what it costs and enters no total', () => {
    expect(timerFigures({ startedAt, endedAt: undefined }, now, price)).toEqual({
      liveSeconds: 5400,
      liveCostMinor: 12_000n,
      closedSeconds: 0,
      closedCostMinor: 0n,
      includedInPeriodTotals: false,
    });
  });

  test('when it was stopped, then the time since counts no more', () => {
    const endedAt = startedAt + 3_600_000;
    expect(timerFigures({ startedAt, endedAt }, now, price)).toEqual({
      liveSeconds: 0,
      liveCostMinor: 0n,
      closedSeconds: 3600,
      closedCostMinor: 8000n,
      includedInPeriodTotals: true,
    });
  });

  test('when another machine started it a moment from now, then it has run for no time', () => {
    const timer = { startedAt: now + 1500, endedAt: undefined };
    expect(timerFigures(timer, now, price)).toMatchObject({ liveSeconds: 0, liveCostMinor: 0n });
  });

  test('when a rate is missing, then its cost is unknown, not zero', () => {
    const timer = { startedAt, endedAt: undefined };
    expect(timerFigures(timer, now, () => null).liveCostMinor).toBeNull();
  });
});
