import { describe, expect, test } from 'vitest';

import { dailyDeltas } from './daily-deltas.ts';
import { activityIn, lifetimeIn } from './growth.ts';

const september = { from: '2025-09-01', toExclusive: '2025-10-01' };
const october = { from: '2025-10-01', toExclusive: '2025-11-01' };

describe('given a post that grew over the end of a month', () => {
  const post = dailyDeltas({
    snapshots: [
      { at: Date.parse('2025-09-29T10:00:00Z'), value: 120n },
      { at: Date.parse('2025-09-30T10:00:00Z'), value: 900n },
      { at: Date.parse('2025-10-01T10:00:00Z'), value: 1400n },
      { at: Date.parse('2025-10-04T10:00:00Z'), value: 1600n },
    ],
    epochs: [{ from: -Infinity, timeZone: 'UTC' }],
    first: 'gained',
  });

  test('when months are told by activity, then each has what its days added', () => {
    expect([september, october].map((month) => activityIn(post, month))).toEqual([900n, 700n]);
  });

  test('when months are told by publication, then one has it all', () => {
    expect([september, october].map((month) => lifetimeIn(post, month))).toEqual([1600n, 0n]);
    expect(lifetimeIn(post, september, '2025-08-31')).toBe(0n);
  });
});
