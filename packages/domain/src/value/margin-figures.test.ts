import { describe, expect, test } from 'vitest';

import { addTotals, sumKnown } from '../money/total.ts';
import { marginFigures } from './margin-figures.ts';

describe('given a fee and what the work cost', () => {
  test('when both are known, then there is a margin in money and in per cent, and an hourly rate', () => {
    const terms = { fee: sumKnown([250_000n]), cost: sumKnown([190_567n]), seconds: 118_800n };
    expect(marginFigures(terms)).toMatchObject({
      kept: { minor: 59_433n },
      marginPercent: { value: '23.7732' },
      effectiveHourlyRate: { minor: 7576n, exact: '7575.757576' },
    });
  });

  test('when the work cost more, then the margin is below 0', () => {
    const terms = { fee: sumKnown([100n]), cost: sumKnown([150n]), seconds: 3600n };
    expect(marginFigures(terms)).toMatchObject({
      kept: { minor: -50n },
      marginPercent: { value: '-50.0000' },
      effectiveHourlyRate: { minor: 100n },
    });
  });

  test('when nothing is charged, then nothing is a share of it', () => {
    const terms = { fee: sumKnown([]), cost: sumKnown([150n]), seconds: 0n };
    expect(marginFigures(terms)).toEqual({
      kept: { minor: -150n },
      marginPercent: { value: null, reason: 'zero_denominator' },
      effectiveHourlyRate: { minor: null, reason: 'zero_denominator' },
    });
  });

  test('when a rate of the cost is missing, then the margin is too, and the hourly rate is not', () => {
    const cost = addTotals([sumKnown([5n]), sumKnown([null])]);
    expect(cost).toEqual({ totalMinor: null, knownMinor: 5n, reason: 'missing_rate' });
    const missing = { value: null, reason: 'missing_rate' };
    expect(marginFigures({ fee: sumKnown([10n]), cost, seconds: 3600n })).toMatchObject({
      kept: { minor: null, reason: 'missing_rate' },
      marginPercent: missing,
      effectiveHourlyRate: { minor: 10n },
    });
    expect(marginFigures({ fee: sumKnown([null]), cost, seconds: 3600n })).toEqual({
      kept: { minor: null, reason: 'missing_rate' },
      marginPercent: missing,
      effectiveHourlyRate: { minor: null, reason: 'missing_rate' },
    });
  });
});
