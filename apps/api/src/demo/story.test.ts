import { HookInputs, type HookName } from '@retainer/core';
import { describe, expect, test } from 'vitest';

import { dayAndTime, momentIn, toldWeek } from './calendar.ts';
import { storyOf } from './story/clients.ts';

const NOWS = [
  { why: 'the first minute of a week', now: '2026-11-23T05:00:00Z', monday: '2026-11-16' },
  { why: 'the last minute of a week', now: '2026-11-23T04:59:00Z', monday: '2026-11-09' },
  { why: 'the middle of a week', now: '2026-11-25T15:00:00Z', monday: '2026-11-16' },
  { why: 'a week with a clock change', now: '2026-11-04T12:00:00Z', monday: '2026-10-26' },
  { why: 'the first days of a year', now: '2027-01-01T12:00:00Z', monday: '2026-12-21' },
];

describe('given a scheduler with three clients', () => {
  test.each(NOWS)('when the demo starts in $why, then it tells the week before', (row) => {
    const now = new Date(row.now);
    expect(toldWeek(now)).toBe(row.monday);
    const story = storyOf(row.monday, now);
    const times = story.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(now.getTime());
  });

  test('when events are told, then each fits the schema of its hook', () => {
    const monday = '2026-11-16';
    const events = storyOf(monday, momentIn(monday, 14, '00:00'));
    const single = events.filter(({ hook }) => hook !== 'events');
    expect(single.length).toBeGreaterThan(40);
    for (const { hook, body, clientId } of single) {
      const schema = HookInputs[hookName(hook)];
      const parsed = schema.safeParse({ clientWorkspaceId: clientId, ...body });
      expect({ hook, error: parsed.error }).toEqual({ hook, error: undefined });
    }
  });

  test('when a moment is named, then it reads so in the agency zone', () => {
    expect(dayAndTime(momentIn('2026-11-16', 3, '18:20'))).toBe('Thu 18:20');
  });
});

function hookName(hook: string): HookName {
  const name = hook.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return name as HookName;
}
