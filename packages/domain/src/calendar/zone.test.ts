import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays } from './local-date.ts';
import { isTimeZone, localDateOf, startOfDay } from './zone.ts';

const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const anyInstant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') });

describe('given the name of a time zone', () => {
  test.each([
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'US/Pacific',
    'europe/berlin',
  ])('when it is %s, then it is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each([
    '',
    '+02:00',
    '-0500',
    'UTC+2',
    'Mars/Olympus',
    'Europe/Berlin ',
    ' UTC',
    '../etc',
    'x\0y',
  ])('when it is %j, then it is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  test('when it is a million characters long, then it is none', () => {
    expect(isTimeZone('A'.repeat(1_000_000))).toBe(false);
  });

  test('when a rule is asked about a name that is none, then it refuses with the code', () => {
    expect(() => localDateOf('+02:00', 0)).toThrow(
      expect.objectContaining({ code: 'invalid_time_zone' }),
    );
  });
});

describe('given the start of a local day', () => {
  test.each([
    ['UTC', '2026-03-09', '2026-03-09T00:00:00Z', 'there is nothing to it'],
    ['Pacific/Kiritimati', '2026-03-09', '2026-03-08T10:00:00Z', 'the zone is 14 h ahead'],
    ['Pacific/Pago_Pago', '2026-03-09', '2026-03-09T11:00:00Z', 'the zone is 11 h behind'],
    ['Asia/Kathmandu', '2026-03-09', '2026-03-08T18:15:00Z', 'offsets come in quarter hours'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 'clocks change after midnight'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00Z', 'clocks changed the day before'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', 'clocks skip midnight'],
    ['Africa/Cairo', '2026-10-30', '2026-10-29T22:00:00Z', 'clocks repeat the hour before it'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 'clocks skip midnight'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 'midnight occurs twice'],
    [
      'America/St_Johns',
      '2010-11-07',
      '2010-11-07T02:30:00Z',
      'midnight occurs twice, a day between',
    ],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 'the whole day was skipped'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 'the day before was skipped'],
    ['Africa/Monrovia', '1972-01-07', '1972-01-07T00:44:30Z', 'the offset had seconds'],
  ])('when it is %s on %s, then it is %s because %s', (zone, date, expected) => {
    expect(startOfDay(zone, date)).toBe(Date.parse(expected));
  });

  test('when it is any day anywhere, then the date before it is earlier and the date at it is not', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const date = localDateOf(zone, instant);
        const start = startOfDay(zone, date);
        expect(start).toBeLessThanOrEqual(instant);
        expect(localDateOf(zone, start)).toBe(date);
        expect(localDateOf(zone, start - 1) < date).toBe(true);
        expect(startOfDay(zone, addDays(date, 1))).toBeGreaterThan(start);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('given the local date of an instant', () => {
  test('when it is any instant anywhere, then it is what the runtime shows', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (timeZone, instant) => {
        const shown = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
        expect(localDateOf(timeZone, instant)).toBe(shown.format(instant));
      }),
      { numRuns: 1000 },
    );
  });

  test('when an hour repeats across midnight, then the earlier date is shown again', () => {
    const zone = 'America/St_Johns';
    expect(localDateOf(zone, Date.parse('2010-11-07T02:30:30Z'))).toBe('2010-11-07');
    expect(localDateOf(zone, Date.parse('2010-11-07T02:31:00Z'))).toBe('2010-11-06');
    expect(localDateOf(zone, Date.parse('2010-11-07T03:30:00Z'))).toBe('2010-11-07');
  });
});
