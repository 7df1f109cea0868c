import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { START, test } from '../../tenancy/testing/world.ts';
import { createToolCost } from './create-tool-cost.ts';
import { deleteToolCost } from './delete-tool-cost.ts';
import { listToolCosts } from './list-tool-costs.ts';
import { updateToolCost } from './update-tool-cost.ts';

const LATER = '2026-03-05T10:00:00Z';

describe('given a tool of one client', () => {
  test('when it is paid once, then it is of one day unless a last one is named', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client({ currency: 'EUR' });
    const tool = { clientWorkspaceId, name: 'Stock photos', amount: '42.17' };
    const created = await createToolCost(world.at(START), { ...tool, startDate: '2026-03-01' });
    expect(created).toEqual({
      ...tool,
      id: expect.any(String),
      amount: { amount: '42.17', currency: 'EUR' },
      allocation: null,
      weights: null,
      startDate: '2026-03-01',
      endDate: '2026-03-01',
      everyMonths: null,
      idempotencyKey: null,
      createdAt: new Date(START),
      editedAt: null,
      deletedAt: null,
      replayed: false,
    });
  });

  test('when it asks to be shared, then that is refused', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const tool = { clientWorkspaceId, name: 'Fonts', amount: '1', startDate: '2026-03-01' };
    const shared = createToolCost(world.at(START), { ...tool, allocation: 'posts' });
    await expect(shared).rejects.toMatchObject({ issues: [{ path: 'allocation' }] });
    const weighted = createToolCost(world.at(START), {
      ...tool,
      weights: { [clientWorkspaceId]: 1 },
    });
    await expect(weighted).rejects.toMatchObject({ issues: [{ path: 'weights' }] });
  });
});

describe('given a tool of the whole agency', () => {
  const monthly = { name: 'Scheduler', amount: '59', startDate: '2026-01-31', everyMonths: 1 };

  test('when it is edited, ended and deleted, then what is left out stays and the audit has it all', async ({
    world,
  }) => {
    const created = await createToolCost(world.at(START), monthly);
    expect(created).toMatchObject({
      clientWorkspaceId: null,
      amount: { amount: '59.00', currency: 'USD' },
      allocation: 'equal',
      endDate: null,
      everyMonths: 1,
    });
    const { replayed: _once, ...first } = created;
    const toolCostId = created.id;
    const edit = (changes: object) => updateToolCost(world.at(LATER), { toolCostId, ...changes });
    expect(await edit({})).toEqual(first);
    const ended = await edit({ endDate: '2026-06-30', amount: '61.50', allocation: 'posts' });
    expect(ended).toEqual({
      ...first,
      endDate: '2026-06-30',
      amount: { amount: '61.50', currency: 'USD' },
      allocation: 'posts',
      editedAt: new Date(LATER),
    });
    await expect(edit({ endDate: '2026-01-30' })).rejects.toMatchObject({
      code: 'period_inverted',
      issues: [{ path: 'endDate' }],
    });
    expect(await edit({ endDate: null })).toEqual({ ...ended, endDate: null });
    expect(await edit({ everyMonths: null })).toMatchObject({
      everyMonths: null,
      endDate: '2026-01-31',
    });
    const gone = await deleteToolCost(world.at(LATER), { toolCostId });
    expect(await deleteToolCost(world.at(LATER), { toolCostId })).toEqual(gone);
    expect(gone.deletedAt).toEqual(new Date(LATER));
    await expect(edit({ name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    const { items } = await listAudit(world.at(LATER), {});
    expect(items.map(({ action }) => action).slice(0, 5)).toEqual([
      'tool_cost.deleted',
      'tool_cost.changed',
      'tool_cost.changed',
      'tool_cost.changed',
      'tool_cost.created',
    ]);
    expect(items[3]).toMatchObject({
      before: { amount: { amount: '59.00' }, allocation: 'equal' },
      after: { amount: { amount: '61.50' }, allocation: 'posts' },
    });
  });

  test('when it is shared by weights, then they are exact, of known clients, and there if custom', async ({
    world,
  }) => {
    const [a, b] = [await world.client(), await world.client()];
    const custom = { ...monthly, allocation: 'custom' as const };
    const weights = { [a]: '0.10', [b]: 2.5 };
    const created = await createToolCost(world.at(START), { ...custom, weights });
    expect(created.weights).toEqual({ [a]: '0.1', [b]: '2.5' });
    const { id: toolCostId } = created;
    const moved = await updateToolCost(world.at(LATER), { toolCostId, weights: { [a]: 1 } });
    expect(moved).toMatchObject({ allocation: 'custom', weights: { [a]: '1' } });
    const equal = await updateToolCost(world.at(LATER), { toolCostId, allocation: 'equal' });
    expect(equal).toMatchObject({ allocation: 'equal', weights: null });

    const refused = async (fields: object, path: string) =>
      expect(createToolCost(world.at(START), { ...monthly, ...fields })).rejects.toMatchObject({
        issues: [{ path }],
      });
    await refused({ allocation: 'custom' }, 'weights');
    await refused({ allocation: 'seconds', weights }, 'weights');
    await refused({ allocation: 'custom', weights: { nobody: 1 } }, 'weights.nobody');
    const theirs = await (await world.neighbour()).client();
    await refused({ allocation: 'custom', weights: { [theirs]: 1 } }, `weights.${theirs}`);
    const negative = createToolCost(world.at(START), { ...custom, weights: { [a]: -1 } });
    await expect(negative).rejects.toMatchObject({ issues: [{ path: ['weights', a] }] });
    const none = createToolCost(world.at(START), { ...custom, weights: {} });
    await expect(none).rejects.toMatchObject({ issues: [{ path: ['weights'] }] });
  });

  test('when many send it at once with one key, then it is there once; with another amount it clashes', async ({
    world,
  }) => {
    const tool = { ...monthly, idempotencyKey: 'k' };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => createToolCost(world.at(START), tool)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const dearer = createToolCost(world.at(START), { ...tool, amount: '60' });
    await expect(dearer).rejects.toMatchObject({ code: 'idempotency_conflict' });
    const neighbour = await world.neighbour();
    expect(await createToolCost(neighbour.at(START), tool)).toMatchObject({ replayed: false });
  });

  test('when tools are listed, then by their days and whose they are, page by page', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    await createToolCost(world.at(START), monthly);
    const once = { amount: '1', clientWorkspaceId };
    await createToolCost(world.at(START), { ...once, name: 'Old', startDate: '2026-01-02' });
    await createToolCost(world.at(START), { ...once, name: 'New', startDate: '2026-03-02' });
    const read = async (input: object) => {
      const { items, nextCursor } = await listToolCosts(world.at(START), input);
      return [items.map(({ name }) => name), nextCursor] as const;
    };
    const [first, cursor] = await read({ limit: 2 });
    expect(first).toEqual(['New', 'Scheduler']);
    expect(await read({ limit: 2, cursor })).toEqual([['Old'], null]);
    expect(await read({ startDate: '2026-02-01' })).toEqual([['New', 'Scheduler'], null]);
    expect(await read({ endDate: '2026-01-30' })).toEqual([['Old'], null]);
    expect(await read({ clientWorkspaceId })).toEqual([['New', 'Old'], null]);
    const unknown = read({ clientWorkspaceId: 'nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });
});
