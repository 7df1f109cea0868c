import { describe, expect, test } from 'vitest';

import { clientDays } from './client-days.ts';

const today = '2026-11-20';

describe('given a period of a client', () => {
  test.each([
    {
      why: 'the month to date ends yesterday',
      asked: {},
      includesToday: false,
      shown: ['2026-11-01', '2026-11-19'],
      compared: ['2026-10-01', '2026-10-19'],
    },
    {
      why: 'with today it has a day more, and so have those before',
      asked: {},
      includesToday: true,
      shown: ['2026-11-01', '2026-11-20'],
      compared: ['2026-10-01', '2026-10-20'],
    },
    {
      why: 'a whole month is compared with the one before',
      asked: { startDate: '2026-10-01', endDate: '2026-10-31' },
      includesToday: true,
      shown: ['2026-10-01', '2026-10-31'],
      compared: ['2026-09-01', '2026-09-30'],
      mayIncludeToday: false,
    },
    {
      why: 'a span of its own is shown as it is, and compared with nothing there are no other days',
      asked: { startDate: '2026-11-13', endDate: '2026-11-26', comparePeriod: false },
      includesToday: false,
      shown: ['2026-11-13', '2026-11-26'],
      compared: undefined,
      mayIncludeToday: false,
    },
    {
      why: 'a period of today alone has none that is over',
      asked: { startDate: today, endDate: today },
      includesToday: false,
      shown: undefined,
      compared: undefined,
    },
  ])('when it is looked at, then $why', ({ asked, includesToday, shown, compared, ...told }) => {
    const days = clientDays(asked, { today, includesToday });
    const pair = (of: typeof days.shown) => of && [of.startDate, of.endDate];
    expect([pair(days.shown), pair(days.compared)]).toEqual([shown, compared]);
    expect(days.mayIncludeToday).toBe(told.mayIncludeToday ?? true);
  });

  test('when today is the last day of the month, then with it the month is whole', () => {
    const days = clientDays({}, { today: '2026-11-30', includesToday: true });
    expect(days.shown).toEqual({ startDate: '2026-11-01', endDate: '2026-11-30' });
    expect(clientDays({}, { today: '2026-12-01', includesToday: true }).shown).toEqual({
      startDate: '2026-12-01',
      endDate: '2026-12-01',
    });
  });
});
