import { randomUUID } from 'node:crypto';

import { describe, expect } from 'vitest';

import { START, test } from '../tenancy/testing/world.ts';
import { dropExpiredExports } from './drop-expired-exports.ts';
import { getExport, getExportFile } from './get-export.ts';
import { openExport } from './open-export.ts';
import { tellExport } from './tell-export.ts';

const PLAN = { format: 'pptx', steps: 4 } as const;
const SOON = '2026-01-01T00:01:00Z';
const LATE = '2026-01-01T00:03:00Z';
const AFTER_AN_HOUR = '2026-01-01T01:00:00Z';
const FILE = { kind: 'done', fileName: 'deck.pptx', file: Buffer.from('PK') } as const;

describe('given an export that was begun', () => {
  test('when its maker tells of it, then anyone can ask how far it is, and at last for the file', async ({
    world,
  }) => {
    const { exportId, state } = await openExport(world.at(START), PLAN);
    expect(state).toBe('running');
    const news = { kind: 'step', step: 2, doing: 'drawing' } as const;
    await tellExport(world.at(START), { exportId, news });
    expect(await getExport(world.at(SOON), { exportId })).toMatchObject({
      state: 'running',
      step: 2,
      steps: 4,
      doing: 'drawing',
    });
    await expect(getExportFile(world.at(SOON), { exportId })).rejects.toThrow('2 of 4 steps');

    await tellExport(world.at(START), { exportId, news: FILE });
    expect(await getExport(world.at(SOON), { exportId })).toMatchObject({
      state: 'done',
      step: 4,
      fileName: 'deck.pptx',
    });
    const { fileName, bytes } = await getExportFile(world.at(SOON), { exportId });
    expect([fileName, Buffer.from(bytes).toString()]).toEqual(['deck.pptx', 'PK']);
  });

  test('when its maker goes away, then it has failed, and says what to do', async ({ world }) => {
    const { exportId } = await openExport(world.at(START), PLAN);
    expect(await getExport(world.at(LATE), { exportId })).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('Start the export again'),
    });
    await expect(getExportFile(world.at(LATE), { exportId })).rejects.toThrow('went away');
  });

  test('when its hour is over, then there is none, and the nightly keeper throws it away', async ({
    world,
    database,
  }) => {
    const { exportId } = await openExport(world.at(START), PLAN);
    await tellExport(world.at(START), { exportId, news: FILE });
    await expect(getExport(world.at(AFTER_AN_HOUR), { exportId })).rejects.toThrow(
      'its time is over',
    );
    await dropExpiredExports(database.gatePool, new Date(AFTER_AN_HOUR));
    await expect(getExport(world.at(SOON), { exportId })).rejects.toThrow('no such export');
  });

  test('when another agency asks, then there is none', async ({ world }) => {
    const { exportId } = await openExport(world.at(START), PLAN);
    const other = await world.neighbour();
    const asked = getExport(other.at(START), { exportId });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
    await expect(getExport(world.at(START), { exportId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('given an agency that begins many exports', () => {
  test('when they are begun at once, then three are under way and the others are refused', async ({
    world,
  }) => {
    const begun = await Promise.allSettled(
      Array.from({ length: 8 }, () => openExport(world.at(START), PLAN)),
    );
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = begun.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict' });
    // Those whose makers went away make room.
    expect(await openExport(world.at(LATE), PLAN)).toMatchObject({ state: 'running' });
  });

  test('when more are kept than twenty, then the oldest goes', async ({ world }) => {
    const ids: string[] = [];
    for (let second = 0; second < 21; second += 1) {
      const ctx = () => world.at(`2026-01-01T00:00:${String(second).padStart(2, '0')}Z`);
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that they have an order
      const { exportId } = await openExport(ctx(), PLAN);
      // oxlint-disable-next-line no-await-in-loop -- the same
      await tellExport(ctx(), { exportId, news: FILE });
      ids.push(exportId);
    }
    const [oldest = '', second = ''] = ids;
    await expect(getExport(world.at(SOON), { exportId: oldest })).rejects.toThrow('no such export');
    expect(await getExport(world.at(SOON), { exportId: second })).toMatchObject({ state: 'done' });
  });
});
