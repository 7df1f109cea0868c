import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Policy, Segment } from '../gate/policy.ts';
import { policyOf, SEGMENT } from '../gate/testing/policy.ts';
import type { ReportCadence } from '../tiers/terms.ts';
import { countsAt, dueReports } from './due-reports.ts';
import { endedPeriod, nextPeriodEnd } from './report-period.ts';
import { anyMoment } from './testing/any-calendar.ts';

function at(iso: string): number {
  return Date.parse(iso);
}

function segment(cadence: ReportCadence, more: Partial<Segment> = {}): Segment {
  const features = { ...SEGMENT.terms.features, reports: { level: 'basic', cadence } as const };
  return { ...SEGMENT, terms: { ...SEGMENT.terms, features }, ...more };
}

function policy(segments: readonly Segment[], more: Partial<Policy> = {}): Policy {
  return { ...policyOf({}), segments, ...more };
}

function due(promised: Policy, now: string, lookedAt?: string): string[] {
  const ask = { now: at(now), lookedAt: lookedAt === undefined ? undefined : at(lookedAt) };
  return dueReports(promised, ask).map(({ cadence, from }) => `${cadence} ${from}`);
}

describe('given a client on a tier', () => {
  test.each([
    {
      why: 'a month is over',
      promised: policy([segment('monthly')]),
      now: '2026-04-01T00:00:00Z',
      lookedAt: '2026-03-30T00:00:00Z',
      expected: ['monthly 2026-03-01'],
    },
    {
      why: 'it was looked at as the month ended',
      promised: policy([segment('monthly')]),
      now: '2026-04-02T00:00:00Z',
      lookedAt: '2026-04-01T00:00:00Z',
      expected: [],
    },
    {
      why: 'nobody looked before',
      promised: policy([segment('weekly')]),
      now: '2026-03-18T00:00:00Z',
      expected: ['weekly 2026-03-09'],
    },
    {
      why: 'nobody looked for three weeks',
      promised: policy([segment('weekly')]),
      now: '2026-03-25T00:00:00Z',
      lookedAt: '2026-03-04T00:00:00Z',
      expected: ['weekly 2026-03-02', 'weekly 2026-03-09', 'weekly 2026-03-16'],
    },
    {
      why: 'nobody looked for a year',
      promised: policy([segment('weekly')]),
      now: '2026-03-25T00:00:00Z',
      lookedAt: '2025-03-25T00:00:00Z',
      expected: [
        'weekly 2026-02-23',
        'weekly 2026-03-02',
        'weekly 2026-03-09',
        'weekly 2026-03-16',
      ],
    },
    {
      why: 'its tier began after the month',
      promised: policy([segment('monthly', { from: at('2026-04-01T00:00:00Z') })]),
      now: '2026-04-02T00:00:00Z',
      expected: [],
    },
    {
      why: 'its tier began within the month',
      promised: policy([segment('monthly', { from: at('2026-03-31T20:00:00Z') })]),
      now: '2026-04-02T00:00:00Z',
      expected: ['monthly 2026-03-01'],
    },
    {
      why: 'another tier follows as the month ends: the old one decides',
      promised: policy([
        segment('monthly', { to: at('2026-04-01T00:00:00Z') }),
        segment('weekly', { from: at('2026-04-01T00:00:00Z') }),
      ]),
      now: '2026-04-06T00:00:00Z',
      lookedAt: '2026-03-31T00:00:00Z',
      expected: ['monthly 2026-03-01', 'weekly 2026-03-30'],
    },
    {
      why: 'it was canceled to the end of the month',
      promised: policy([segment('monthly', { to: at('2026-04-01T00:00:00Z'), endedBy: 'cancel' })]),
      now: '2026-04-01T00:05:00Z',
      lookedAt: '2026-03-31T00:00:00Z',
      expected: ['monthly 2026-03-01'],
    },
    {
      why: 'its trial ended before',
      promised: policy([segment('monthly', { trialEndsAt: at('2026-03-20T00:00:00Z') })]),
      now: '2026-04-01T00:05:00Z',
      expected: [],
    },
    {
      why: 'its trial goes on',
      promised: policy([segment('monthly', { trialEndsAt: at('2026-04-20T00:00:00Z') })]),
      now: '2026-04-01T00:05:00Z',
      expected: ['monthly 2026-03-01'],
    },
    {
      why: 'it was paused then',
      promised: policy([segment('monthly')], {
        blocks: [{ kind: 'paused', from: at('2026-03-31T12:00:00Z'), to: Infinity }],
      }),
      now: '2026-04-01T00:05:00Z',
      expected: [],
    },
    {
      why: 'it was paused right after',
      promised: policy([segment('monthly')], {
        blocks: [{ kind: 'paused', from: at('2026-04-01T00:00:00Z'), to: Infinity }],
      }),
      now: '2026-04-01T00:05:00Z',
      expected: ['monthly 2026-03-01'],
    },
    {
      why: 'it never had a tier',
      promised: policy([]),
      now: '2026-04-01T00:05:00Z',
      expected: [],
    },
  ])('when $why, then due is $expected', ({ promised, now, lookedAt, expected }) => {
    expect(due(promised, now, lookedAt)).toEqual(expected);
  });
});

describe('given any calendar and one who looks whenever something may be over', () => {
  const cadence = fc.constantFrom<ReportCadence>('monthly', 'biweekly', 'weekly');

  test('when the looks come on time, late or twice, then each period is due once', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 9 * 24 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyMoment, cadence, looks, ([epochs, start], own, delays) => {
        const promised = policy([segment(own)], { epochs });
        let lookedAt = start;
        const seen: number[] = [];
        for (const hours of delays) {
          const now = nextPeriodEnd(epochs, lookedAt) + hours * 3_600_000;
          for (const look of [now, now]) {
            seen.push(...dueReports(promised, { lookedAt, now: look }).map(countsAt));
            lookedAt = look;
          }
        }
        const expected: number[] = [];
        for (let period = endedPeriod(own, epochs, lookedAt); period.end > start;) {
          expected.unshift(countsAt(period));
          period = endedPeriod(own, epochs, period.start);
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
