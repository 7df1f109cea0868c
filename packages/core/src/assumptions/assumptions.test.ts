import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { START, test } from '../tenancy/testing/world.ts';
import { listBenchmarks } from './benchmarks/list-benchmarks.ts';
import { setBenchmark } from './benchmarks/set-benchmark.ts';
import { listTimeSavedBaselines } from './time-saved-baselines/list-time-saved-baselines.ts';
import { setTimeSavedBaseline } from './time-saved-baselines/set-time-saved-baseline.ts';

const LATER = '2026-03-05T10:00:00Z';

describe('given baselines of time', () => {
  const video = {
    contentType: 'video',
    fromDate: '2026-01-01',
    baselineMinutes: 90,
    actualMinutes: '12.5',
  };

  test('when a content type’s numbers change, then its version counts up and the history stays', async ({
    world,
  }) => {
    const set = (at: string, what: object) => setTimeSavedBaseline(world.at(at), what as never);
    const first = await set(START, video);
    expect(first).toEqual({
      ...video,
      actualMinutes: 12.5,
      version: 1,
      changedAt: new Date(START),
    });
    expect(await set(LATER, video)).toEqual(first);
    const march = await set(LATER, { ...video, fromDate: '2026-03-01', actualMinutes: 10 });
    expect(march).toMatchObject({ version: 2, fromDate: '2026-03-01' });
    const corrected = await set(LATER, { ...video, baselineMinutes: 80 });
    expect(corrected).toMatchObject({ version: 3, fromDate: '2026-01-01', baselineMinutes: 80 });
    const others = await set(LATER, {
      fromDate: '2026-01-01',
      baselineMinutes: 30,
      actualMinutes: 0,
    });
    expect(others).toMatchObject({ contentType: '', version: 1 });

    const read = async (input: object) =>
      (await listTimeSavedBaselines(world.at(LATER), input)).items;
    expect(await read({})).toEqual([march, others, corrected]);
    expect(await read({ contentType: 'video' })).toEqual([march, corrected]);
    expect(await read({ contentType: '' })).toEqual([others]);
    const page = await listTimeSavedBaselines(world.at(LATER), { limit: 2 });
    const rest = { limit: 2, cursor: page.nextCursor ?? '' };
    expect(await listTimeSavedBaselines(world.at(LATER), rest)).toEqual({
      items: [corrected],
      nextCursor: null,
    });
    const { items } = await listAudit(world.at(LATER), {});
    const changes = items.filter(({ action }) => action === 'time_saved_baseline.set');
    expect(changes).toHaveLength(4);
    expect(changes[1]).toMatchObject({ before: { version: 1 }, after: { version: 3 } });
  });

  test('when many change it at once, then no version is told twice', async ({ world }) => {
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        setTimeSavedBaseline(world.at(START), { ...video, fromDate: `2026-01-0${index + 1}` }),
      ),
    );
    expect(new Set(told.map(({ version }) => version))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  });
});

describe('given benchmarks of a client', () => {
  test('when they are set, then exactly, in one currency, by the day they hold from', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client({ currency: 'EUR' });
    const set = (at: string, what: object) =>
      setBenchmark(world.at(at), {
        clientWorkspaceId,
        fromDate: '2026-01-01',
        cpm: '8.50',
        cpc: 0.4,
        reactionMultiplier: '0.50',
        ...what,
      });
    const first = await set(START, {});
    expect(first).toEqual({
      clientWorkspaceId,
      fromDate: '2026-01-01',
      cpm: { amount: '8.50', currency: 'EUR' },
      cpc: { amount: '0.40', currency: 'EUR' },
      reactionMultiplier: '0.5',
      changedAt: new Date(START),
    });
    expect(await set(LATER, {})).toEqual(first);
    const later = await set(LATER, { fromDate: '2026-02-01', reactionMultiplier: 1 });
    const page = await listBenchmarks(world.at(LATER), { clientWorkspaceId, limit: 1 });
    expect(page.items).toEqual([later]);
    const rest = { clientWorkspaceId, cursor: page.nextCursor ?? '' };
    expect(await listBenchmarks(world.at(LATER), rest)).toEqual({
      items: [first],
      nextCursor: null,
    });
    const mixed = set(LATER, { cpc: { amount: '1', currency: 'USD' } });
    await expect(mixed).rejects.toMatchObject({ code: 'currency_mismatch' });
    const unknown = set(LATER, { clientWorkspaceId: 'nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
    expect(await listBenchmarks(world.at(LATER), { clientWorkspaceId })).toMatchObject({
      items: [later, first],
    });
  });
});
