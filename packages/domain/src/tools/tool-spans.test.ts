import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays, daysBetween } from '../calendar/local-date.ts';
import { toolSpans } from './tool-spans.ts';

const UNTIL = '2026-06-30';

describe('given a tool that is paid once', () => {
  const term = { startsOn: '2026-03-10', endsOn: '2026-04-09', everyMonths: null };

  test('when it has begun, then it has its one span, whole', () => {
    expect(toolSpans(term, '2026-03-10')).toEqual([{ from: '2026-03-10', to: '2026-04-09' }]);
    expect(toolSpans(term, UNTIL)).toEqual([{ from: '2026-03-10', to: '2026-04-09' }]);
  });

  test('when it has not, then it has none', () => {
    expect(toolSpans(term, '2026-03-09')).toEqual([]);
  });
});

describe('given a tool that is paid every so many months', () => {
  test('when it began on a 31st, then short months end it early and the 31st comes back', () => {
    const term = { startsOn: '2026-01-31', endsOn: null, everyMonths: 1 };
    expect(toolSpans(term, '2026-04-30')).toEqual([
      { from: '2026-01-31', to: '2026-02-27' },
      { from: '2026-02-28', to: '2026-03-30' },
      { from: '2026-03-31', to: '2026-04-29' },
      { from: '2026-04-30', to: '2026-05-30' },
    ]);
  });

  test('when it is paid by the quarter, then a span that began is there to its end', () => {
    const term = { startsOn: '2025-11-15', endsOn: null, everyMonths: 3 };
    expect(toolSpans(term, '2026-02-15')).toEqual([
      { from: '2025-11-15', to: '2026-02-14' },
      { from: '2026-02-15', to: '2026-05-14' },
    ]);
  });

  test('when it ends within a span, then that is the last, and ends there', () => {
    const term = { startsOn: '2026-01-01', endsOn: '2026-02-10', everyMonths: 1 };
    const spans = [
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-10' },
    ];
    expect(toolSpans(term, UNTIL)).toEqual(spans);
    expect(toolSpans(term, '2026-02-01')).toEqual(spans);
  });

  test('when it ends with a span, then no further one begins', () => {
    const term = { startsOn: '2026-01-01', endsOn: '2026-01-31', everyMonths: 1 };
    expect(toolSpans(term, UNTIL)).toEqual([{ from: '2026-01-01', to: '2026-01-31' }]);
  });

  test('when any of it is laid out, then the spans follow each other day by day from its start', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, fc.integer({ min: 1, max: 24 }), (one, two, until, n) => {
        const [startsOn, endsOn] = one <= two ? [one, two] : [two, one];
        const spans = toolSpans({ startsOn, endsOn, everyMonths: n }, until);
        expect(spans.length > 0).toBe(startsOn <= until);
        let next = startsOn;
        for (const { from, to } of spans) {
          expect(from).toBe(next);
          expect(daysBetween(from, to)).toBeGreaterThanOrEqual(0);
          expect(from <= until && to <= endsOn).toBe(true);
          next = addDays(to, 1);
        }
        expect(next > until || next > endsOn).toBe(true);
      }),
    );
  });
});

const anyDay = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-02-29', days));
