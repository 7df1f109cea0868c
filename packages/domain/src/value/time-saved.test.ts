import { describe, expect, test } from 'vitest';

import { earnedMediaValue, type Benchmarks } from './earned-media-value.ts';
import { timeSaved } from './time-saved.ts';

describe('given what machines did', () => {
  const actions = [
    { count: 140n, baselineSeconds: 420n, actualSeconds: 60n },
    { count: 12n, baselineSeconds: 7200n, actualSeconds: 300n },
    { count: 55n, baselineSeconds: 90n, actualSeconds: 0n },
  ];

  test('when it is added up, then seconds, their money and the share saved come out', () => {
    expect(timeSaved(actions, { minorPerHour: 5500n })).toMatchObject({
      savedSeconds: 138_150n,
      baselineSeconds: 150_150n,
      efficiency: { value: '0.920080' },
      value: { totalMinor: 211_063n },
    });
  });

  test('when it took longer than by hand, then the time saved is below 0', () => {
    const slow = [{ count: 3n, baselineSeconds: 60n, actualSeconds: 90n }];
    expect(timeSaved(slow, { minorPerHour: 6000n })).toMatchObject({
      savedSeconds: -90n,
      efficiency: { value: '-0.500000' },
      value: { totalMinor: -150n },
    });
  });

  test('when no rate is known, then its money is unknown and its time is not', () => {
    expect(timeSaved(actions, { minorPerHour: null })).toMatchObject({
      savedSeconds: 138_150n,
      value: { totalMinor: null, reason: 'missing_rate' },
    });
  });

  test('when nothing was done, then there is no share', () => {
    expect(timeSaved([], { minorPerHour: 1n })).toMatchObject({
      savedSeconds: 0n,
      efficiency: { value: null, reason: 'zero_denominator' },
      value: { totalMinor: 0n },
    });
  });
});

describe('given attention that was not paid for', () => {
  const attention = { impressions: 184_230n, clicks: 2214n, reactions: 5120n };
  const benchmarks: Benchmarks = {
    cpmMinor: 650n,
    cpcMinor: 85n,
    reactionMultiplier: { num: 1n, den: 10n },
  };

  test('when the client has benchmarks, then it has a price, rounded once', () => {
    expect(earnedMediaValue(attention, benchmarks)).toEqual({ minor: 351_460n });
    expect(earnedMediaValue(attention, benchmarks, 'half_even')).toEqual({ minor: 351_460n });
    const onlySeen = { ...attention, clicks: 0n, reactions: 0n };
    expect(earnedMediaValue(onlySeen, benchmarks)).toEqual({ minor: 119_750n });
  });

  test('when it has none, or something was not observed, then it has no price', () => {
    expect(earnedMediaValue(attention, null)).toEqual({
      minor: null,
      reason: 'missing_benchmark',
    });
    expect(earnedMediaValue({ ...attention, clicks: null }, benchmarks)).toEqual({
      minor: null,
      reason: 'missing_data',
    });
  });
});
