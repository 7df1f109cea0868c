import { describe, expect } from 'vitest';

import { archiveClient } from '../../tenancy/archive-client.ts';
import { found, test } from '../../tenancy/testing/world.ts';
import { createTimeEntry } from './create-time-entry.ts';
import { deleteTimeEntry } from './delete-time-entry.ts';
import { listTimeEntries } from './list-time-entries.ts';
import { startTimer } from './start-timer.ts';
import { stopTimer } from './stop-timer.ts';
import { updateTimeEntry } from './update-time-entry.ts';

const EIGHT = '2026-03-10T08:00:00Z';
const HALF_PAST_NINE = '2026-03-10T09:30:00Z';
const TEN = '2026-03-10T10:00:00Z';

const dollars = (amount: string) => ({ amount, currency: 'USD' });

describe('given a timer', () => {
  test('when it runs, then its cost so far is shown and in no total; stopped, it is time and cost', async ({
    database,
  }) => {
    const world = await found(database, { hourlyRate: 80 });
    const clientWorkspaceId = await world.client();
    const started = await startTimer(world.at(EIGHT), { clientWorkspaceId, activity: 'Copy' });
    const nothing = { seconds: 0, minutes: 0, billableSeconds: 0, cost: dollars('0.00'), days: [] };
    expect(started).toMatchObject({
      ...nothing,
      startedAt: new Date(EIGHT),
      endedAt: null,
      source: 'timer',
      activity: 'Copy',
      replayed: false,
      live: { seconds: 0, minutes: 0, cost: dollars('0.00'), reason: null },
    });
    const { items } = await listTimeEntries(world.at(HALF_PAST_NINE), { clientWorkspaceId });
    expect(items).toMatchObject([
      { ...nothing, live: { seconds: 5400, minutes: 90, cost: dollars('120.00'), reason: null } },
    ]);

    const stopped = await stopTimer(world.at(TEN), { clientWorkspaceId });
    expect(stopped).toMatchObject({
      id: started.id,
      endedAt: new Date(TEN),
      seconds: 7200,
      billableSeconds: 7200,
      cost: dollars('160.00'),
      live: null,
      editedAt: null,
      replayed: false,
    });
    const again = { clientWorkspaceId, timeEntryId: started.id };
    const later = world.at('2026-03-10T11:00:00Z');
    expect(await stopTimer(later, again)).toEqual({ ...stopped, replayed: true });
    expect(await stopTimer(later, { clientWorkspaceId })).toEqual({ ...stopped, replayed: true });
  });

  test('when it runs without a rate, then its cost so far is missing', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    await startTimer(world.at(EIGHT), { clientWorkspaceId });
    const list = { clientWorkspaceId, missingRate: true };
    expect((await listTimeEntries(world.at(TEN), list)).items).toMatchObject([
      { cost: dollars('0.00'), live: { seconds: 7200, cost: null, reason: 'missing_rate' } },
    ]);
  });

  test('when it is stopped in the same instant, or by a clock that is behind, then it ran for no time', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const ada = { clientWorkspaceId, person: 'ada' };
    await startTimer(world.at(TEN), ada);
    expect(await stopTimer(world.at(TEN), ada)).toMatchObject({
      seconds: 0,
      cost: dollars('0.00'),
    });
    await startTimer(world.at(TEN), ada);
    const { items } = await listTimeEntries(world.at(EIGHT), { clientWorkspaceId });
    expect(items.map(({ live }) => live?.seconds)).toContain(0);
    expect(await stopTimer(world.at(EIGHT), ada)).toMatchObject({
      seconds: 0,
      endedAt: new Date(TEN),
    });
  });

  test('when a person starts another, then that is a conflict that names the first; others may', async ({
    world,
  }) => {
    const [bakery, gym] = [await world.client(), await world.client()];
    const first = await startTimer(world.at(EIGHT), { clientWorkspaceId: bakery, person: 'ada' });
    const second = startTimer(world.at(TEN), { clientWorkspaceId: gym, person: 'ada' });
    await expect(second).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(first.id),
    });
    await startTimer(world.at(TEN), { clientWorkspaceId: gym, person: 'bob' });
    await stopTimer(world.at(TEN), { clientWorkspaceId: bakery, person: 'ada' });
    await startTimer(world.at(TEN), { clientWorkspaceId: gym, person: 'ada' });
    const none = stopTimer(world.at(TEN), { clientWorkspaceId: bakery, person: 'bob' });
    await expect(none).rejects.toMatchObject({ code: 'not_found' });
  });

  test('when one person starts many at once, then one of them runs', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => startTimer(world.at(EIGHT), { clientWorkspaceId })),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'conflict' });
    expect((await listTimeEntries(world.at(TEN), { clientWorkspaceId })).items).toHaveLength(1);
  });

  test('when many stop it at once, then one of them does, and all are told the same', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    await startTimer(world.at(EIGHT), { clientWorkspaceId });
    const times = [HALF_PAST_NINE, TEN, '2026-03-10T11:00:00Z', '2026-03-10T12:00:00Z'];
    const all = await Promise.all(
      times.map((at) => stopTimer(world.at(at), { clientWorkspaceId })),
    );
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(all.map(({ seconds }) => seconds)).size).toBe(1);
  });

  test('when it is started again with its key, then it is the same timer, though it was stopped since', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, idempotencyKey: 'one', note: 'a' };
    const { id } = await startTimer(world.at(EIGHT), told);
    expect(await startTimer(world.at(TEN), told)).toMatchObject({ id, replayed: true });
    await stopTimer(world.at(TEN), { clientWorkspaceId });
    expect(await startTimer(world.at(TEN), told)).toMatchObject({
      id,
      replayed: true,
      seconds: 7200,
    });
    const reused = { code: 'idempotency_conflict' };
    const other = startTimer(world.at(TEN), { ...told, note: 'b' });
    await expect(other).rejects.toMatchObject(reused);
    const startedAt = HALF_PAST_NINE;
    await expect(startTimer(world.at(TEN), { ...told, startedAt })).rejects.toMatchObject(reused);
    const manual = { ...told, date: '2026-03-10', minutes: 5 };
    await expect(createTimeEntry(world.at(TEN), manual)).rejects.toMatchObject(reused);
  });

  test('when start and end are told, then they are taken, but not from the future', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const late = { clientWorkspaceId, startedAt: TEN };
    const future = { code: 'invalid_input', issues: [{ path: 'startedAt' }] };
    await expect(startTimer(world.at(EIGHT), late)).rejects.toMatchObject(future);
    await startTimer(world.at(TEN), { clientWorkspaceId, startedAt: EIGHT });
    const before = { clientWorkspaceId, endedAt: '2026-03-10T07:00:00Z' };
    await expect(stopTimer(world.at(TEN), before)).rejects.toMatchObject({
      code: 'period_inverted',
    });
    const tomorrow = { clientWorkspaceId, endedAt: '2026-03-11T07:00:00Z' };
    await expect(stopTimer(world.at(TEN), tomorrow)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const stop = { clientWorkspaceId, endedAt: HALF_PAST_NINE };
    expect(await stopTimer(world.at(TEN), stop)).toMatchObject({ seconds: 5400 });
  });

  test('when it is edited while it runs, then it runs on; with an end it is stopped', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const { id: timeEntryId } = await startTimer(world.at(EIGHT), { clientWorkspaceId });
    const one = { clientWorkspaceId, timeEntryId };
    const earlier = await updateTimeEntry(world.at(TEN), {
      ...one,
      startedAt: '2026-03-10T07:00:00Z',
    });
    expect(earlier.live).toMatchObject({ seconds: 3 * 3600 });
    const ended = await updateTimeEntry(world.at(TEN), { ...one, endedAt: EIGHT });
    expect(ended).toMatchObject({ live: null, seconds: 3600 });
  });

  test('when it is deleted, then its person may start another', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const { id: timeEntryId } = await startTimer(world.at(EIGHT), { clientWorkspaceId });
    await deleteTimeEntry(world.at(EIGHT), { clientWorkspaceId, timeEntryId });
    await expect(stopTimer(world.at(TEN), { clientWorkspaceId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const next = await startTimer(world.at(TEN), { clientWorkspaceId });
    expect(next.id).not.toBe(timeEntryId);
  });

  test('when its client is archived, then it can still be stopped, and none be started', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    await startTimer(world.at(EIGHT), { clientWorkspaceId });
    await archiveClient(world.at(EIGHT), { clientWorkspaceId });
    expect(await stopTimer(world.at(TEN), { clientWorkspaceId })).toMatchObject({ seconds: 7200 });
    await expect(startTimer(world.at(TEN), { clientWorkspaceId })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
