import { describe, expect } from 'vitest';

import { NOW, test } from '../gate/testing/gate-world.ts';
import { findDrift } from './sweep.ts';

const LATER = '2026-03-02T10:00:00Z';
const MARCH = { week: '2026-03-01' };

describe('given use of a counter that happened', () => {
  const use = { meter: 'ai_generations', quantity: 2, idempotencyKey: 'k' };
  const ai = { meter: 'ai_generations', ...MARCH };

  test('when it passes the limit, then it counts and is flagged, never denied', async ({
    desk,
  }) => {
    const { record, count } = await desk({ ai: 3 });
    expect(await record(NOW, use)).toMatchObject({
      decision: 'allow',
      usage: [{ used: 2, limit: 3 }],
    });
    expect(await record(NOW, { ...use, idempotencyKey: 'l' })).toMatchObject({
      decision: 'warn',
      flags: ['unchecked', 'over_limit_unchecked'],
      usage: [{ used: 4, over: 1, remaining: 0 }],
    });
    expect(await count(ai)).toEqual({ used: 4, held: 0 });
  });

  test('when it is told twice, also with another time, then it counts once', async ({ desk }) => {
    const { record, count } = await desk({ ai: 9 });
    const first = await record(NOW, use);
    expect(await record(LATER, { ...use, at: new Date(NOW) })).toEqual({
      ...first,
      replayed: true,
    });
    await expect(record(LATER, { ...use, quantity: 3 })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
    expect(await count(ai)).toEqual({ used: 2, held: 0 });
  });

  test('when it happened in another period, then it counts there', async ({ desk }) => {
    const { record, count } = await desk({ ai: 9 });
    await record(NOW, { ...use, at: new Date('2026-02-27T10:00:00Z') });
    expect(await count(ai)).toEqual({ used: 0, held: 0 });
    expect(await count({ meter: 'ai_generations', week: '2026-02-01' })).toEqual({
      used: 2,
      held: 0,
    });
  });

  test('when nothing was used, then that is no quantity', async ({ desk }) => {
    const { record } = await desk({ ai: 9 });
    await expect(record(NOW, { ...use, quantity: 0 })).rejects.toMatchObject({
      code: 'invalid_quantity',
    });
  });
});

describe('given a level', () => {
  const set = (quantity: number, idempotencyKey: string) => ({
    meter: 'storage_bytes',
    quantity,
    idempotencyKey,
  });
  const storage = { meter: 'storage_bytes', week: '' };

  test('when it is set, then it is that; only growth past its limit is denied, and it may always fall', async ({
    desk,
    database,
  }) => {
    const { record, count, tell, assign, tier, world } = await desk({ storage: 500, price: '2' });
    expect((await record(NOW, set(480, 'a'))).decision).toBe('warn');
    expect((await record(NOW, set(501, 'b'))).decision).toBe('deny');
    expect(await count(storage)).toEqual({ used: 480, held: 0 });
    expect(await record(NOW, set(100, 'c'))).toMatchObject({
      decision: 'allow',
      usage: [{ used: 100 }],
    });
    await record(NOW, set(450, 'd'));
    await assign(NOW, { tierId: await tier({ storage: 200, price: '1' }), effective: 'now' });
    expect((await record(NOW, set(440, 'e'))).decision).toBe('allow');
    expect((await record(NOW, set(441, 'f'))).decision).toBe('deny');
    expect(await record(NOW, set(480, 'a'))).toMatchObject({ decision: 'warn', replayed: true });
    expect(await count(storage)).toEqual({ used: 440, held: 0 });
    await tell(NOW, 'uploadDeleted', { mediaId: 'unknown' });
    expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
  });

  test('when it is set below what was uploaded, then deletions do not go below nothing', async ({
    desk,
    database,
  }) => {
    const { record, count, tell, world } = await desk({ storage: 500, library: null });
    await tell(NOW, 'uploadCreated', { mediaId: 'm', bytes: 300 });
    await record(NOW, set(100, 'a'));
    await tell(NOW, 'uploadDeleted', { mediaId: 'm' });
    expect(await count(storage)).toEqual({ used: 0, held: 0 });
    expect(await findDrift(database.gatePool, world.agencyId)).toEqual([]);
  });
});
