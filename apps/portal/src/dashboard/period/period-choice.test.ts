import { describe, expect, test } from 'vitest';

import { askedDays, FIRST_CHOICE, type Preset } from './period-choice.ts';

describe('given a period by its name', () => {
  test.each([
    { preset: 'last_month', today: '2026-03-20', days: ['2026-02-01', '2026-02-28'] },
    { preset: 'last_7_days', today: '2026-03-02', days: ['2026-02-23', '2026-03-01'] },
    { preset: 'quarter_to_date', today: '2026-05-20', days: ['2026-04-01', undefined] },
    { preset: 'quarter_to_date', today: '2026-04-01', days: ['2026-01-01', '2026-03-31'] },
    { preset: 'last_quarter', today: '2026-01-15', days: ['2025-10-01', '2025-12-31'] },
    { preset: 'year_to_date', today: '2026-11-30', days: ['2026-01-01', undefined] },
    { preset: 'last_year', today: '2026-11-30', days: ['2025-01-01', '2025-12-31'] },
    { preset: 'month_to_date', today: '2026-11-30', days: [undefined, undefined] },
  ] satisfies { preset: Preset; today: string; days: (string | undefined)[] }[])(
    'when $preset is chosen on $today, then it is $days',
    ({ preset, today, days }) => {
      const { startDate, endDate } = askedDays({ ...FIRST_CHOICE, preset }, today);
      expect([startDate, endDate]).toEqual(days);
    },
  );

  test('when it is compared with nothing, then nothing else is said of the comparison', () => {
    const asked = askedDays(
      { ...FIRST_CHOICE, compareTo: 'none', matchWeekday: true },
      '2026-03-20',
    );
    expect(asked).toEqual({ comparePeriod: false });
  });

  test('when weekdays are to match, then only a year before is asked to', () => {
    const choice = { ...FIRST_CHOICE, matchWeekday: true };
    expect(askedDays(choice, '2026-03-20')).toEqual({ compareTo: 'previous_period' });
    expect(askedDays({ ...choice, compareTo: 'previous_year' }, '2026-03-20')).toEqual({
      compareTo: 'previous_year',
      matchWeekday: true,
    });
  });
});
