import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { test } from '../../tenancy/testing/world.ts';
import { keepEntry } from '../testing/costs-world.ts';
import { createTimeEntry } from './create-time-entry.ts';
import { deleteTimeEntry } from './delete-time-entry.ts';
import { listTimeEntries } from './list-time-entries.ts';
import { updateTimeEntry } from './update-time-entry.ts';

const NOW = '2026-03-20T12:00:00Z';
const LATER = '2026-03-21T12:00:00Z';
const DAY = { date: '2026-03-02', minutes: 50 };

describe('given an entry', () => {
  test('when parts of it change, then the rest stays, and the audit has both', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, ...DAY, note: 'Draft', campaignId: 'spring', hourlyRate: 6 };
    const { replayed: _new, ...entry } = await createTimeEntry(ctx, told);
    const one = { clientWorkspaceId, timeEntryId: entry.id };
    const changed = await updateTimeEntry(world.at(LATER), {
      ...one,
      note: null,
      campaignId: null,
      hourlyRate: null,
      billable: false,
      person: 'bob',
    });
    expect(changed).toEqual({
      ...entry,
      note: '',
      campaignId: null,
      hourlyRate: null,
      billable: false,
      billableSeconds: 0,
      person: 'bob',
      rate: null,
      rateLevel: null,
      cost: null,
      reason: 'missing_rate',
      days: [
        {
          date: '2026-03-02',
          seconds: 3000,
          billableSeconds: 0,
          rate: null,
          rateLevel: null,
          cost: null,
          reason: 'missing_rate',
        },
      ],
      editedAt: new Date(LATER),
    });
    const { items } = await listAudit(ctx, { clientWorkspaceId });
    expect(items[0]).toMatchObject({
      action: 'time_entry.changed',
      before: { note: 'Draft', billable: true },
      after: { note: '', billable: false },
    });
  });

  test('when its kind of time changes, then the other kind is gone', async ({ world }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const { id } = await createTimeEntry(ctx, { clientWorkspaceId, ...DAY });
    const one = { clientWorkspaceId, timeEntryId: id };
    await expect(updateTimeEntry(ctx, { ...one, endedAt: NOW })).rejects.toMatchObject({
      issues: [{ path: 'startedAt' }],
    });
    const span = { startedAt: '2026-03-20T11:00:00Z', endedAt: NOW };
    expect(await updateTimeEntry(ctx, { ...one, ...span })).toMatchObject({
      date: null,
      seconds: 3600,
    });
    await expect(updateTimeEntry(ctx, { ...one, minutes: 5 })).rejects.toMatchObject({
      issues: [{ path: 'date' }],
    });
    expect(await updateTimeEntry(ctx, { ...one, date: '2026-03-03' })).toMatchObject({
      startedAt: null,
      endedAt: null,
      date: '2026-03-03',
      seconds: 3600,
    });
    expect(await updateTimeEntry(ctx, { ...one, minutes: 0.5 })).toMatchObject({ seconds: 30 });
    const both = updateTimeEntry(ctx, { ...one, minutes: 1, startedAt: NOW });
    await expect(both).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('when an estimated one is edited, then it stays estimated and is marked as edited', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const estimate = { source: 'estimated', postId: 'p', occurrence: '' } as const;
    const { id } = await keepEntry(ctx, { clientId, ...estimate });
    const one = { clientWorkspaceId: clientId, timeEntryId: id };
    expect(await updateTimeEntry(ctx, { ...one, minutes: 5 })).toMatchObject({
      source: 'estimated',
      postId: 'p',
      editedAt: new Date(NOW),
    });
  });

  test('when it is deleted, then it is in no list, and deleting it again changes nothing', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const { id } = await createTimeEntry(world.at(NOW), { clientWorkspaceId, ...DAY });
    const one = { clientWorkspaceId, timeEntryId: id };
    const deleted = await deleteTimeEntry(world.at(NOW), one);
    expect(deleted).toEqual({ id, clientWorkspaceId, deletedAt: new Date(NOW) });
    expect(await deleteTimeEntry(world.at(LATER), one)).toEqual(deleted);
    expect((await listTimeEntries(world.at(NOW), { clientWorkspaceId })).items).toEqual([]);
    const edit = updateTimeEntry(world.at(LATER), { ...one, minutes: 5 });
    await expect(edit).rejects.toMatchObject({ code: 'not_found' });
    const { items } = await listAudit(world.at(NOW), { clientWorkspaceId });
    const actions = items
      .map(({ action }) => action)
      .filter((name) => name.startsWith('time_entry'));
    expect(actions).toEqual(['time_entry.deleted', 'time_entry.created']);
  });
});
