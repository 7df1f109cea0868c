import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { archiveClient } from '../../tenancy/archive-client.ts';
import { found, test } from '../../tenancy/testing/world.ts';
import { setRate } from '../rates/set-rate.ts';
import { createTimeEntry } from './create-time-entry.ts';
import { deleteTimeEntry } from './delete-time-entry.ts';
import { listTimeEntries } from './list-time-entries.ts';
import { updateTimeEntry } from './update-time-entry.ts';

const NOW = '2026-03-20T12:00:00Z';
const LATER = '2026-03-21T12:00:00Z';
const DAY = { date: '2026-03-02', minutes: 50 };

describe('given time to record', () => {
  test('when it is told by date and minutes, then it is shown with what it costs', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    await setRate(ctx, { level: 'agency', fromDate: null, hourlyRate: 100 });
    const told = {
      clientWorkspaceId,
      ...DAY,
      campaignId: 'spring',
      activity: 'Copy',
      note: 'a\nb',
    };
    const entry = await createTimeEntry(ctx, told);
    const money = (amount: string) => ({ amount, currency: 'USD' });
    const rate = { rate: money('100.00'), rateLevel: 'agency' };
    const cost = { cost: money('83.33'), reason: null };
    expect(entry).toEqual({
      id: entry.id,
      ...told,
      person: world.agencyId,
      role: null,
      startedAt: null,
      endedAt: null,
      seconds: 3000,
      billable: true,
      billableSeconds: 3000,
      hourlyRate: null,
      ...rate,
      ...cost,
      days: [{ date: '2026-03-02', seconds: 3000, billableSeconds: 3000, ...rate, ...cost }],
      live: null,
      source: 'manual',
      platform: null,
      contentType: null,
      postId: null,
      idempotencyKey: null,
      createdAt: new Date(NOW),
      editedAt: null,
      replayed: false,
    });
    const { items } = await listAudit(ctx, { clientWorkspaceId });
    expect(items[0]).toMatchObject({
      action: 'time_entry.created',
      before: null,
      after: { seconds: 3000, campaignId: 'spring' },
    });
  });

  test('when it is told by start and end over midnight, then each local day is shown', async ({
    database,
  }) => {
    const world = await found(database, { timeZone: 'America/New_York', hourlyRate: 60 });
    const entry = await createTimeEntry(world.at(NOW), {
      clientWorkspaceId: await world.client(),
      person: 'ada',
      startedAt: '2026-02-01T03:30:00Z',
      endedAt: '2026-02-01T06:15:00Z',
    });
    expect(entry).toMatchObject({
      person: 'ada',
      date: null,
      seconds: 9900,
      minutes: 165,
      cost: { amount: '165.00' },
      days: [
        { date: '2026-01-31', seconds: 5400, cost: { amount: '90.00' } },
        { date: '2026-02-01', seconds: 4500, cost: { amount: '75.00' } },
      ],
    });
  });

  test('when no rate prices it, then the cost is missing and says why, until a rate does', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const entry = await createTimeEntry(ctx, { clientWorkspaceId, ...DAY });
    expect(entry).toMatchObject({
      cost: null,
      reason: 'missing_rate',
      rate: null,
      rateLevel: null,
    });
    await setRate(ctx, { level: 'client', clientWorkspaceId, fromDate: null, hourlyRate: 0 });
    const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
    expect(items).toMatchObject([{ cost: { amount: '0.00' }, reason: null, rateLevel: 'client' }]);
  });

  test('when its days are priced in several currencies, then each day is, and the whole is not', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    await setRate(ctx, { level: 'agency', fromDate: null, hourlyRate: 1 });
    const hourlyRate = { amount: 2, currency: 'EUR' };
    await setRate(ctx, { level: 'agency', fromDate: '2026-03-02', hourlyRate });
    const entry = await createTimeEntry(ctx, {
      clientWorkspaceId,
      startedAt: '2026-03-01T23:00:00Z',
      endedAt: '2026-03-02T01:00:00Z',
    });
    expect(entry).toMatchObject({ cost: null, reason: 'mixed_currency', rate: null });
    expect(entry.days.map(({ cost }) => cost)).toEqual([
      { amount: '1.00', currency: 'USD' },
      { amount: '2.00', currency: 'EUR' },
    ]);
  });

  test('when it brings a rate, then that is in the client’s currency unless it names one', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const told = { clientWorkspaceId: await world.client({ currency: 'JPY' }), ...DAY };
    const own = await createTimeEntry(ctx, { ...told, hourlyRate: 6000 });
    expect(own).toMatchObject({
      rateLevel: 'entry',
      hourlyRate: { amount: '6000', currency: 'JPY' },
      cost: { amount: '5000', currency: 'JPY' },
    });
    const named = await createTimeEntry(ctx, {
      ...told,
      hourlyRate: { amount: '60.00', currency: 'EUR' },
    });
    expect(named.cost).toEqual({ amount: '50.00', currency: 'EUR' });
  });

  test.for([
    { why: 'no time', time: {}, path: 'startedAt' },
    { why: 'no end', time: { startedAt: NOW }, path: 'endedAt' },
    { why: 'no start', time: { endedAt: NOW }, path: 'startedAt' },
    { why: 'no minutes', time: { date: '2026-03-02' }, path: 'minutes' },
    { why: 'no date', time: { minutes: 5 }, path: 'date' },
    { why: 'both kinds of time', time: { ...DAY, startedAt: NOW, endedAt: NOW }, path: 'date' },
    {
      why: 'two months',
      time: { startedAt: '2026-01-01T00:00:00Z', endedAt: NOW },
      path: 'endedAt',
    },
  ])('when it has $why, then it is refused by name', async ({ time, path }, { world }) => {
    const told = createTimeEntry(world.at(NOW), {
      clientWorkspaceId: await world.client(),
      ...time,
    });
    await expect(told).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] });
  });

  test('when it ends before it begins, then the period is inverted', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const time = { startedAt: LATER, endedAt: NOW };
    const told = createTimeEntry(world.at(NOW), { clientWorkspaceId, ...time });
    await expect(told).rejects.toMatchObject({ code: 'period_inverted' });
  });

  test('when its client is unknown, a neighbour’s or archived, then it says so', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, ...DAY };
    const unknown = { code: 'not_found' };
    const neighbour = (await world.neighbour()).at(NOW);
    await expect(createTimeEntry(neighbour, told)).rejects.toMatchObject(unknown);
    const { id } = await createTimeEntry(world.at(NOW), told);
    const theirs = { clientWorkspaceId: await world.client(), timeEntryId: id };
    await expect(updateTimeEntry(world.at(NOW), theirs)).rejects.toMatchObject(unknown);
    await expect(deleteTimeEntry(world.at(NOW), theirs)).rejects.toMatchObject(unknown);
    await archiveClient(world.at(NOW), { clientWorkspaceId });
    await expect(createTimeEntry(world.at(NOW), told)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('given a key', () => {
  test('when the same is sent many times at once, then there is one entry, and each is told it', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, ...DAY, idempotencyKey: 'one', hourlyRate: 5 };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => createTimeEntry(world.at(NOW), told)),
    );
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await listTimeEntries(world.at(NOW), { clientWorkspaceId })).items).toHaveLength(1);
    const other = await createTimeEntry(world.at(NOW), {
      ...told,
      clientWorkspaceId: await world.client(),
    });
    expect(other.replayed).toBe(false);
  });

  test('when it comes with something else, then it is a conflict, until an edit hides what it said', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const told = { clientWorkspaceId: await world.client(), ...DAY, idempotencyKey: 'one' };
    const { id } = await createTimeEntry(ctx, told);
    const other = createTimeEntry(ctx, { ...told, minutes: 60 });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
    const edit = { clientWorkspaceId: told.clientWorkspaceId, timeEntryId: id, minutes: 60 };
    await updateTimeEntry(world.at(LATER), edit);
    const replay = await createTimeEntry(world.at(LATER), told);
    expect(replay).toMatchObject({ id, replayed: true, minutes: 60 });
    const { clientWorkspaceId } = told;
    await deleteTimeEntry(world.at(LATER), { clientWorkspaceId, timeEntryId: id });
    const gone = createTimeEntry(world.at(LATER), told);
    await expect(gone).rejects.toMatchObject({ code: 'conflict' });
  });
});
