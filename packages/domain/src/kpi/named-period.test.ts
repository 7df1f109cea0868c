import { describe, expect, test } from 'vitest';

import { namedPeriod } from './named-period.ts';

describe('given a period that is asked for by its name', () => {
  test.each([
    ['month_to_date', '2026-03-15', '2026-03-01', '2026-03-15', 'today is not over'],
    ['month_to_date', '2026-03-01', '2026-02-01', '2026-03-01', 'no day of the month is over'],
    ['last_month', '2026-03-31', '2026-02-01', '2026-03-01', 'the month before has fewer days'],
    ['last_month', '2026-01-01', '2025-12-01', '2026-01-01', 'it lies in the year before'],
    ['last_7_days', '2026-03-03', '2026-02-24', '2026-03-03', 'the seven days to yesterday'],
    ['last_30_days', '2026-03-03', '2026-02-01', '2026-03-03', 'the thirty days to yesterday'],
    ['last_90_days', '2026-03-03', '2025-12-03', '2026-03-03', 'the ninety days to yesterday'],
    ['year_to_date', '2026-03-03', '2026-01-01', '2026-03-03', 'from New Year on'],
    ['year_to_date', '2026-01-01', '2025-01-01', '2026-01-01', 'no day of the year is over'],
  ] as const)(
    'when %s is asked on %s, then it is %s to %s: %s',
    (name, asOf, from, toExclusive, _why) => {
      expect(namedPeriod(name, asOf)).toEqual({ from, toExclusive });
    },
  );
});
