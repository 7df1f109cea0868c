import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Instant } from './instant.ts';
import { changeCalendar, weekOf, type CalendarEpoch, type CalendarRules } from './week.ts';

const HOUR_MS = 3_600_000;

const anyInstant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });
const anyRules: fc.Arbitrary<CalendarRules> = fc.record({
  timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  weekStartsOn: fc.constantFrom('monday', 'sunday'),
});

describe('given any history of calendars', () => {
  const plannedHistory = fc
    .tuple(anyRules, fc.array(fc.tuple(anyRules, anyInstant), { maxLength: 6 }))
    .map(([first, changes]) =>
      changes
        .toSorted(([, a], [, b]) => a - b)
        .reduce<readonly CalendarEpoch[]>(
          (epochs, [next, now]) => changeCalendar(epochs, next, now).epochs,
          [{ from: -Infinity, ...first }],
        ),
    );

  /** An instant anywhere, or close to where an epoch begins. */
  const withInstant = <T extends readonly CalendarEpoch[]>(history: fc.Arbitrary<T>) =>
    history.chain((epochs) => {
      const edges = epochs.slice(1).map((epoch) => epoch.from);
      const nearEdge = fc
        .tuple(fc.constantFrom(...edges, 0), fc.integer({ min: -9 * 24, max: 9 * 24 }))
        .map(([edge, hours]) => edge + hours * HOUR_MS);
      return fc.tuple(fc.constant(epochs), fc.oneof(anyInstant, nearEdge));
    });

  test('when changes were planned, then weeks tile time and none is shorter than 36 h', () => {
    fc.assert(
      fc.property(withInstant(plannedHistory), ([epochs, instant]) => {
        const week = weekOf(epochs, instant);
        expect(isTiledAt(epochs, instant)).toBe(true);
        const hours = (week.end - week.start) / HOUR_MS;
        expect(hours).toBeGreaterThanOrEqual(36);
        expect(hours).toBeLessThan(168 + 36 + 25);
      }),
      { numRuns: 2000 },
    );
  });

  test('when epochs begin anywhere, in the middle of weeks or of one another, then weeks still tile time', () => {
    const looseHistory = fc
      .tuple(anyRules, fc.array(fc.record({ rules: anyRules, from: anyInstant }), { maxLength: 5 }))
      .map(([first, others]): CalendarEpoch[] => [
        { from: -Infinity, ...first },
        ...others
          .toSorted((a, b) => a.from - b.from)
          .map(({ rules: next, from }) => ({ from, ...next })),
      ]);
    fc.assert(
      fc.property(withInstant(looseHistory), ([epochs, instant]) => {
        expect(isTiledAt(epochs, instant)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('when a year of weeks is walked, then it is walked without a gap', () => {
    fc.assert(
      fc.property(withInstant(plannedHistory), ([epochs, instant]) => {
        let week = weekOf(epochs, instant);
        for (let walked = 0; walked < 53; walked += 1) {
          const next = weekOf(epochs, week.end);
          expect(next.start).toBe(week.end);
          week = next;
        }
      }),
    );
  });
});

/** True when the week contains the instant, agrees with itself at both ends, and meets both its neighbours. */
function isTiledAt(epochs: readonly CalendarEpoch[], instant: Instant): boolean {
  const { start, end } = weekOf(epochs, instant);
  const first = weekOf(epochs, start);
  const last = weekOf(epochs, end - 1);
  const isOneWeek = [first, last].every((week) => week.start === start && week.end === end);
  const meetsNeighbours =
    weekOf(epochs, start - 1).end === start && weekOf(epochs, end).start === end;
  return start <= instant && instant < end && isOneWeek && meetsNeighbours;
}
