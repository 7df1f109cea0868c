import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { billableSeconds, roundDuration, type DurationRounding } from './round-duration.ts';

describe('given a duration', () => {
  test.each([
    { seconds: 6480, mode: 'up', minutes: 15, rounded: 7200, why: 'the next multiple' },
    { seconds: 6300, mode: 'up', minutes: 15, rounded: 6300, why: 'a multiple stays' },
    { seconds: 0, mode: 'up', minutes: 15, rounded: 0, why: 'zero stays' },
    { seconds: 1, mode: 'up', minutes: 1, rounded: 60, why: 'one second is enough' },
    { seconds: 840, mode: 'down', minutes: 6, rounded: 720, why: 'the multiple below' },
    { seconds: 720, mode: 'down', minutes: 6, rounded: 720, why: 'a multiple stays' },
    { seconds: 449, mode: 'nearest', minutes: 15, rounded: 0, why: 'below half' },
    { seconds: 450, mode: 'nearest', minutes: 15, rounded: 900, why: 'halves go up' },
    { seconds: 1349, mode: 'nearest', minutes: 15, rounded: 900, why: 'nearer to the one below' },
  ] as const)('when $seconds s are rounded $mode, then $rounded: $why', ({ rounded, ...given }) => {
    expect(roundDuration(given.seconds, given)).toBe(rounded);
  });

  test('when there is no minute to round to, then it throws', () => {
    expect(() => roundDuration(60, { mode: 'up', minutes: 0 })).toThrow(RangeError);
  });

  test('when any is rounded, then to the multiples around it, and again changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 480 }), (seconds, minutes) => {
        const [up, down, nearest] = (['up', 'down', 'nearest'] as const).map((mode) => {
          const rounded = roundDuration(seconds, { mode, minutes });
          expect(rounded % (minutes * 60)).toBe(0);
          expect(roundDuration(rounded, { mode, minutes })).toBe(rounded);
          return rounded;
        });
        expect(down).toBeLessThanOrEqual(seconds);
        expect(up).toBeGreaterThanOrEqual(seconds);
        expect([down, up]).toContain(nearest);
      }),
    );
  });
});

describe('given the entries of a client and day', () => {
  const rule = (per: DurationRounding['per']): DurationRounding => ({
    mode: 'up',
    minutes: 30,
    per,
  });

  test('when each is rounded or their sum is, then that is what is billed', () => {
    expect(billableSeconds([300, 300], rule('entry'))).toBe(3600);
    expect(billableSeconds([300, 300], rule('client_day'))).toBe(1800);
  });

  test('when nothing says to round, then every second counts', () => {
    expect(billableSeconds([301, 300], undefined)).toBe(601);
    expect(billableSeconds([], rule('client_day'))).toBe(0);
  });
});
