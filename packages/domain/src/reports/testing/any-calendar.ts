import * as fc from 'fast-check';

import { changeCalendar, type CalendarEpoch, type CalendarRules } from '../../calendar/week.ts';

const HOUR_MS = 3_600_000;

const anyInstant = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2040-01-01') });
// Each of these does something that others do not; those that are seen again are fast.
const ZONES = [
  'UTC',
  'Africa/Cairo',
  'America/Havana',
  'America/New_York',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

const anyRules: fc.Arbitrary<CalendarRules> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  weekStartsOn: fc.constantFrom('monday', 'sunday'),
});

/** A calendar that was changed a few times as clients change it, and an instant, often close to a change. */
export const anyMoment: fc.Arbitrary<[readonly CalendarEpoch[], number]> = fc
  .tuple(anyRules, fc.array(fc.tuple(anyRules, anyInstant), { maxLength: 4 }))
  .map(([first, changes]) =>
    changes
      .toSorted(([, a], [, b]) => a - b)
      .reduce<readonly CalendarEpoch[]>(
        (epochs, [next, now]) => changeCalendar(epochs, next, now).epochs,
        [{ from: -Infinity, ...first }],
      ),
  )
  .chain((epochs) => {
    const edges = epochs.slice(1).map((epoch) => epoch.from);
    const near = fc
      .tuple(fc.constantFrom(...edges, 0), fc.integer({ min: -35 * 24, max: 35 * 24 }))
      .map(([edge, hours]) => edge + hours * HOUR_MS);
    return fc.tuple(fc.constant(epochs), fc.oneof(anyInstant, near));
  });
