import { describe, expect } from 'vitest';

import { createTimeEntry } from '../costs/time-entries/create-time-entry.ts';
import { setCapacity } from '../plans/capacities/set-capacity.ts';
import { test as base } from '../tenancy/testing/world.ts';
import { readUtilisation, type ReadUtilisationInput } from './read-utilisation.ts';

const NOW = '2026-03-20T12:00:00Z';
const percent = (value: string) => ({ value, reason: null });

/** March of three people for two clients. */
const test = base.extend('read', async ({ world }) => {
  const ctx = world.at(NOW);
  const [one, other] = [await world.client(), await world.client()];
  const hours: readonly [string, string, number, object?][] = [
    ['ada', one, 10],
    ['ada', other, 20],
    ['ada', other, 6, { billable: false }],
    ['ada', one, 5, { date: '2026-02-28' }],
    ['bo', one, 40],
    ['cy', one, 7],
  ];
  for (const [person, clientWorkspaceId, count, more] of hours) {
    const entry = { person, clientWorkspaceId, date: '2026-03-02', minutes: count * 60, ...more };
    // One after another: they share the context.
    // oxlint-disable-next-line no-await-in-loop
    await createTimeEntry(ctx, entry);
  }
  for (const [person, capacity] of [
    ['ada', 120],
    ['bo', 160],
    ['di', 0],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    await setCapacity(ctx, { person, month: '2026-03', hours: capacity });
  }
  return (input: ReadUtilisationInput) => readUtilisation(ctx, input);
});

describe('given capacities and tracked time', () => {
  test('when the month is read, then each person and the team have the billable share', async ({
    read,
  }) => {
    const { month, team, people } = await read({});
    expect(month).toBe('2026-03');
    // 70 of 280 hours: who has no capacity leaves the sum.
    expect(team).toEqual({
      people: 2,
      billableSeconds: 252_000,
      availableSeconds: 1_008_000,
      utilisationPercent: percent('25.0000'),
    });
    expect(people.items).toEqual([
      {
        person: 'ada',
        billableSeconds: 108_000,
        trackedSeconds: 129_600,
        availableSeconds: 432_000,
        utilisationPercent: percent('25.0000'),
      },
      expect.objectContaining({ person: 'bo', utilisationPercent: percent('25.0000') }),
      expect.objectContaining({
        person: 'cy',
        availableSeconds: null,
        utilisationPercent: { value: null, reason: 'missing_data' },
      }),
      expect.objectContaining({
        person: 'di',
        trackedSeconds: 0,
        utilisationPercent: { value: null, reason: 'zero_denominator' },
      }),
    ]);
  });

  test('when another month is named, then it has what was tracked on its days', async ({
    read,
  }) => {
    const february = await read({ month: '2026-02' });
    expect(february.people.items).toMatchObject([{ person: 'ada', billableSeconds: 18_000 }]);
    expect(february.team).toMatchObject({
      people: 0,
      utilisationPercent: { value: null, reason: 'zero_denominator' },
    });
  });

  test('when people are read page by page, then each is told once', async ({ read }) => {
    const first = await read({ limit: 3 });
    expect(first.people.items.map(({ person }) => person)).toEqual(['ada', 'bo', 'cy']);
    const rest = await read({ limit: 3, cursor: first.people.nextCursor ?? '' });
    expect(rest.people).toMatchObject({ items: [{ person: 'di' }], nextCursor: null });
    expect(rest.team).toEqual(first.team);
  });
});
