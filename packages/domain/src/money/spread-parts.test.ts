import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { allocate, type Claim } from './allocate.ts';
import { spreadParts } from './spread-parts.ts';

const claims: Claim[] = [
  { id: 'instagram', weight: 90_000n },
  { id: 'linkedin', weight: 54_230n },
  { id: 'facebook', weight: 40_000n },
];

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

describe('given an amount in parts', () => {
  test('when it is split by weight, then parts and rows sum to what they should', () => {
    const { rows } = spreadParts([184_250n, 6317n, 120_000n], claims);
    expect(rows.map(sumOf)).toEqual([151_718n, 91_419n, 67_430n]);
    expect([0, 1, 2].map((at) => sumOf(rows.map((row) => row[at] ?? 0n)))).toEqual([
      184_250n,
      6317n,
      120_000n,
    ]);
  });

  test('when nobody has a weight, then all of it stays', () => {
    const none = [{ id: 'a', weight: 0n }];
    expect(spreadParts([5n, 7n], none)).toEqual({ rows: [[0n, 0n]], unallocated: [5n, 7n] });
    expect(spreadParts([5n, 7n], [])).toEqual({ rows: [], unallocated: [5n, 7n] });
  });
});

describe('given any parts and any weights', () => {
  const anyParts = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 4 });
  const anySigned = fc.array(fc.bigInt({ min: -10_000n, max: 10_000n }), {
    minLength: 1,
    maxLength: 4,
  });
  const anyClaims = fc
    .array(fc.bigInt({ min: -1n, max: 60n }), { minLength: 1, maxLength: 12 })
    .map((weights) => weights.map((weight, index): Claim => ({ id: `key-${index}`, weight })));

  test('when they are split, then nothing is lost and each row has what the whole amount gives it', () => {
    fc.assert(
      fc.property(anySigned, anyClaims, (parts, all) => {
        const { rows, unallocated } = spreadParts(parts, all);
        for (const [at, part] of parts.entries()) {
          expect(sumOf(rows.map((row) => row[at] ?? 0n)) + (unallocated[at] ?? 0n)).toBe(part);
        }
        const whole = allocate(sumOf(parts), all);
        expect(rows.map(sumOf)).toEqual(whole.shares);
        expect(sumOf(unallocated)).toBe(whole.unallocated);
      }),
      { numRuns: 1000 },
    );
  });

  test('when no part is below 0, then no share is, nor more than a unit from the exact one', () => {
    fc.assert(
      fc.property(anyParts, anyClaims, (parts, all) => {
        const { rows } = spreadParts(parts, all);
        const sum = sumOf(all.map(({ weight }) => (weight > 0n ? weight : 0n)));
        fc.pre(sum > 0n);
        for (const [index, row] of rows.entries()) {
          const weight = all[index]?.weight ?? 0n;
          for (const [at, share] of row.entries()) {
            const off = share * sum - (parts[at] ?? 0n) * (weight > 0n ? weight : 0n);
            expect(share >= 0n && off <= sum && off > -sum).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('when they change sign or order, then the shares only do the same', () => {
    fc.assert(
      fc.property(anySigned, anyClaims, (parts, all) => {
        const { rows } = spreadParts(parts, all);
        const turned = spreadParts(parts, all.toReversed());
        expect(turned.rows.toReversed()).toEqual(rows);
        fc.pre(sumOf(parts) !== 0n);
        const mirrored = spreadParts(
          parts.map((part) => -part),
          all,
        );
        expect(mirrored.rows.map((row) => row.map((share) => -share))).toEqual(rows);
      }),
    );
  });
});
