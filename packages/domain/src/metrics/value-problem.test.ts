import { expect, test } from 'vitest';

import { valueProblem } from './value-problem.ts';

test.each([
  ['impressions', 'lifetime', '0', undefined, 'nobody saw it yet'],
  ['impressions', 'lifetime', '1200.00', undefined, 'it is whole however it is written'],
  ['impressions', 'lifetime', '12.5', 'fraction', 'nobody sees half a post'],
  ['impressions', 'lifetime', '1e-7', 'fraction', 'nor less than that'],
  ['impressions', 'lifetime', '-1', 'negative', 'fewer than none have seen it'],
  ['impressions', 'daily', '-40', undefined, 'the platform took some back that day'],
  ['impressions', 'daily', '0.5', 'fraction', 'days count whole as well'],
  ['impressions', 'window_total', '0.5', undefined, 'it is shown as it is, never summed'],
  ['engagement_rate', 'rate', '4.3', undefined, 'a share has decimals'],
  ['watch_minutes', 'lifetime', '81.25', undefined, 'time is measured'],
  ['other:mood', 'daily', '0.25', undefined, 'we do not know what it counts'],
  ['other:mood', 'lifetime', '-0.25', 'negative', 'no running total is below 0'],
] as const)('given %s (%s) of %s, then %s because %s', (metric, kind, decimal, problem, _why) => {
  expect(valueProblem(metric, kind, decimal)).toBe(problem);
});
