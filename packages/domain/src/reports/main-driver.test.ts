import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { mainDriver, type DrivingRow } from './main-driver.ts';

describe('given a breakdown of two periods', () => {
  const rows: readonly DrivingRow[] = [
    { key: 'linkedin', current: 30n, previous: 10n },
    { key: 'x', current: 5n, previous: 15n },
    { key: 'instagram', current: 12n, previous: null },
    { key: '', current: 900n, previous: 0n },
  ];

  test('when the total rose, then it is the row that rose most, with its share', () => {
    expect(mainDriver(rows, 22n)).toMatchObject({
      key: 'linkedin',
      change: 20n,
      share: { value: '0.909091' },
    });
  });

  test('when the total fell, then it is the row that fell most', () => {
    expect(mainDriver(rows, -5n)).toMatchObject({ key: 'x', share: { value: '2.000000' } });
  });

  test('when the total stood still, or nothing went its way, then nothing drove it', () => {
    expect(mainDriver(rows, 0n)).toBeUndefined();
    expect(mainDriver([], 4n)).toBeUndefined();
    expect(mainDriver([{ key: 'x', current: 1n, previous: 1n }], 4n)).toBeUndefined();
  });

  test('when rows come in any order, then the same one drove it', () => {
    const row = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', ''),
      current: fc.option(fc.bigInt(-5n, 5n)),
      previous: fc.option(fc.bigInt(-5n, 5n)),
    });
    const some = fc.uniqueArray(row, { selector: ({ key }) => key });
    fc.assert(
      fc.property(some, fc.bigInt(-5n, 5n), (any, change) => {
        expect(mainDriver(any.toReversed(), change)).toEqual(mainDriver(any, change));
      }),
    );
  });
});
