import { describe, expect, test } from 'vitest';

import { teamUtilisation, utilisation } from './utilisation.ts';
import { velocity } from './velocity.ts';

const hours = (billable: number, available: number | null) => ({
  billableSeconds: BigInt(billable * 3600),
  availableSeconds: available === null ? null : BigInt(available * 3600),
});

describe('given time that was worked for clients', () => {
  test.each([
    { worked: hours(30, 120), is: { value: '0.250000' } },
    { worked: hours(150, 120), is: { value: '1.250000' } },
    { worked: hours(5, 0), is: { value: null, reason: 'zero_denominator' } },
    { worked: hours(5, null), is: { value: null, reason: 'missing_data' } },
  ])('when it is $worked, then its share is $is', ({ worked, is }) => {
    expect(utilisation(worked)).toMatchObject(is);
  });

  test('when a team worked, then who has no available time leaves both sums', () => {
    const team = [hours(10, 40), hours(40, 160), hours(7, 0), hours(9, null)];
    expect(teamUtilisation(team)).toMatchObject({ value: '0.250000' });
  });

  test('when nobody has any, then there is no share', () => {
    expect(teamUtilisation([hours(7, 0)])).toEqual({ value: null, reason: 'zero_denominator' });
  });
});

describe('given posts over days', () => {
  test.each([
    { posts: 45n, days: 30n, is: { value: '1.500000' } },
    { posts: 0n, days: 30n, is: { value: '0.000000' } },
    { posts: 3n, days: 0n, is: { value: null, reason: 'zero_denominator' } },
    { posts: null, days: 30n, is: { value: null, reason: 'missing_data' } },
  ])('when there are $posts in $days days, then a day has $is', ({ posts, days, is }) => {
    expect(velocity(posts, days)).toMatchObject(is);
  });
});
