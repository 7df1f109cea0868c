import { describe, expect } from 'vitest';

import { found, test } from '../../tenancy/testing/world.ts';
import { createTimeEntry } from './create-time-entry.ts';
import { listTimeEntries } from './list-time-entries.ts';

const NOW = '2026-03-20T12:00:00Z';

describe('given time at the ends of the calendar', () => {
  test('when it is recorded and listed with rounding by day, then it is there', async ({
    database,
  }) => {
    const timeZone = 'America/New_York';
    const timeRounding = { mode: 'up', per: 'client_day' } as const;
    const world = await found(database, { timeZone, timeRounding, hourlyRate: 60 });
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const span = (startedAt: string, endedAt: string) => ({
      clientWorkspaceId,
      startedAt,
      endedAt,
    });
    const day = { clientWorkspaceId, minutes: 1 };
    await createTimeEntry(ctx, { ...day, date: '9999-12-31' });
    await createTimeEntry(ctx, { ...day, date: '1970-01-01' });
    await createTimeEntry(ctx, span('1970-01-01T00:00:00Z', '1970-01-01T00:01:00Z'));
    await createTimeEntry(ctx, span('9999-12-31T23:58:00Z', '9999-12-31T23:59:00Z'));
    const { items } = await listTimeEntries(ctx, {
      clientWorkspaceId,
      startDate: '1970-01-01',
      endDate: '9999-12-31',
    });
    // Two of one day stand in the order of their ids.
    expect(items.flatMap(({ days }) => days.map(({ date }) => date)).toSorted()).toEqual([
      '1969-12-31',
      '1970-01-01',
      '9999-12-31',
      '9999-12-31',
    ]);
    expect(items.map(({ billableSeconds }) => billableSeconds)).toEqual([450, 450, 900, 900]);
  });
});
