import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { archiveClient } from '../../tenancy/archive-client.ts';
import { START, test, type World } from '../../tenancy/testing/world.ts';
import { createClientCost } from './create-client-cost.ts';
import { deleteClientCost } from './delete-client-cost.ts';
import { listClientCosts } from './list-client-costs.ts';
import { recordClientCosts } from './record-client-costs.ts';
import { updateClientCost } from './update-client-cost.ts';

const LATER = '2026-03-05T10:00:00Z';
const UNKNOWN = '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a009';

async function actions(world: World, clientWorkspaceId: string) {
  const { items } = await listAudit(world.at(LATER), { clientWorkspaceId });
  return items.map(({ action }) => action).filter((action) => !action.startsWith('client.'));
}

describe('given money spent for a client', () => {
  test('when it is recorded, edited and deleted, then each is told, and the audit has it all', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client({ currency: 'EUR' });
    const created = await createClientCost(world.at(START), 'ad_spend', {
      clientWorkspaceId,
      date: '2026-03-01',
      amount: '1200.00',
      platform: 'LinkedIn-Page',
      campaignId: 'spring',
    });
    expect(created).toEqual({
      id: expect.any(String),
      clientWorkspaceId,
      name: '',
      startDate: '2026-03-01',
      endDate: '2026-03-01',
      amount: { amount: '1200.00', currency: 'EUR' },
      platform: 'linkedin',
      campaignId: 'spring',
      idempotencyKey: null,
      createdAt: new Date(START),
      editedAt: null,
      deletedAt: null,
      replayed: false,
    });
    const { replayed: _once, ...first } = created;
    const one = { clientWorkspaceId, costId: created.id };
    const edited = await updateClientCost(world.at(LATER), 'ad_spend', {
      ...one,
      endDate: '2026-03-31',
      amount: 1300.5,
      campaignId: null,
    });
    expect(edited).toEqual({
      ...first,
      endDate: '2026-03-31',
      amount: { amount: '1300.50', currency: 'EUR' },
      campaignId: null,
      editedAt: new Date(LATER),
    });
    expect(await updateClientCost(world.at(LATER), 'ad_spend', one)).toEqual(edited);

    const gone = await deleteClientCost(world.at(LATER), 'ad_spend', one);
    expect(gone).toEqual({ ...edited, deletedAt: new Date(LATER) });
    expect(await deleteClientCost(world.at(LATER), 'ad_spend', one)).toEqual(gone);
    const list = await listClientCosts(world.at(LATER), 'ad_spend', { clientWorkspaceId });
    expect(list.items).toEqual([]);
    const late = updateClientCost(world.at(LATER), 'ad_spend', { ...one, amount: 1 });
    await expect(late).rejects.toMatchObject({ code: 'not_found' });
    expect(await actions(world, clientWorkspaceId)).toEqual([
      'ad_spend.deleted',
      'ad_spend.changed',
      'ad_spend.created',
    ]);
  });

  test('when some of it came back, then it is below 0 and in its own currency', async ({
    world,
  }) => {
    const credit = await createClientCost(world.at(START), 'other', {
      clientWorkspaceId: await world.client(),
      name: 'Print shop credit',
      startDate: '2026-03-01',
      amount: { amount: '-500', currency: 'jpy' },
    });
    expect(credit.amount).toEqual({ amount: '-500', currency: 'JPY' });
  });

  test.for([
    { why: 'no day', fields: {}, path: 'date' },
    { why: 'a day there is not', fields: { startDate: '2026-02-30' }, path: 'startDate' },
    {
      why: 'a day and a first day',
      fields: { date: '2026-03-01', startDate: '2026-03-01' },
      path: 'date',
    },
    {
      why: 'a day and a last day',
      fields: { date: '2026-03-01', endDate: '2026-03-01' },
      path: 'endDate',
    },
    {
      why: 'an inverted span',
      fields: { startDate: '2026-03-02', endDate: '2026-03-01' },
      path: 'endDate',
    },
    {
      why: 'an endless span',
      fields: { startDate: '2026-03-01', endDate: '2036-03-02' },
      path: 'endDate',
    },
  ])('when it names $why, then that field is named', async ({ fields, path }, { world }) => {
    const clientWorkspaceId = await world.client();
    const cost = createClientCost(world.at(START), 'other', {
      clientWorkspaceId,
      amount: '1',
      ...fields,
    });
    await expect(cost).rejects.toMatchObject({ issues: [{ path: [path] }] });
  });

  test('when an edit inverts its days or asks too much, then it is refused and nothing changes', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const day = { clientWorkspaceId, date: '2026-03-01', amount: '10' };
    const { id: costId } = await createClientCost(world.at(START), 'other', day);
    const edit = (changes: object) =>
      updateClientCost(world.at(LATER), 'other', { clientWorkspaceId, costId, ...changes });
    await expect(edit({ endDate: '2026-02-28' })).rejects.toMatchObject({
      code: 'period_inverted',
      issues: [{ path: 'endDate' }],
    });
    await expect(edit({ amount: '0.001' })).rejects.toMatchObject({ issues: [{ path: 'amount' }] });
    await expect(edit({ amount: '1'.repeat(14) })).rejects.toMatchObject({
      issues: [{ path: 'amount' }],
    });
    expect(await edit({ date: '2026-03-09' })).toMatchObject({
      startDate: '2026-03-09',
      endDate: '2026-03-09',
      amount: { amount: '10.00' },
    });
  });

  test('when it is of another kind, client or agency, then there is none', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const day = { clientWorkspaceId, date: '2026-03-01', amount: '10' };
    const { id: costId } = await createClientCost(world.at(START), 'other', day);
    const missing = { code: 'not_found' };
    const find = (kind: 'other' | 'ad_spend', clientId: string, id: string) =>
      updateClientCost(world.at(LATER), kind, { clientWorkspaceId: clientId, costId: id });
    await expect(find('ad_spend', clientWorkspaceId, costId)).rejects.toMatchObject(missing);
    await expect(find('other', await world.client(), costId)).rejects.toMatchObject(missing);
    await expect(find('other', clientWorkspaceId, UNKNOWN)).rejects.toMatchObject(missing);
    const neighbour = await world.neighbour();
    const theirs = listClientCosts(neighbour.at(LATER), 'other', { clientWorkspaceId });
    await expect(theirs).rejects.toMatchObject(missing);
    await archiveClient(world.at(LATER), { clientWorkspaceId });
    const late = createClientCost(world.at(LATER), 'other', day);
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('given a cost that comes again', () => {
  test('when many send it at once with one key, then it is there once', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const cost = { clientWorkspaceId, date: '2026-03-01', amount: '10', idempotencyKey: 'k' };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => createClientCost(world.at(START), 'ad_spend', cost)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await actions(world, clientWorkspaceId)).toEqual(['ad_spend.created']);
  });

  test('when its key says something else, then it is a conflict; after an edit it stands', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const cost = { clientWorkspaceId, date: '2026-03-01', amount: '10', idempotencyKey: 'k' };
    const { id: costId } = await createClientCost(world.at(START), 'ad_spend', cost);
    const clash = { code: 'idempotency_conflict', issues: [{ path: 'idempotencyKey' }] };
    const dearer = createClientCost(world.at(START), 'ad_spend', { ...cost, amount: '11' });
    await expect(dearer).rejects.toMatchObject(clash);
    await expect(createClientCost(world.at(START), 'other', cost)).rejects.toMatchObject(clash);
    const edit = { clientWorkspaceId, costId, amount: '12' };
    await updateClientCost(world.at(LATER), 'ad_spend', edit);
    const again = await createClientCost(world.at(LATER), 'ad_spend', cost);
    expect(again).toMatchObject({ id: costId, replayed: true, amount: { amount: '12.00' } });
    await deleteClientCost(world.at(LATER), 'ad_spend', { clientWorkspaceId, costId });
    const dead = await createClientCost(world.at(LATER), 'ad_spend', cost);
    expect(dead).toMatchObject({ id: costId, replayed: true, deletedAt: new Date(LATER) });
  });
});

describe('given a list of costs', () => {
  test('when it is recorded twice, then good ones are taken once and bad ones are told alone', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const costs = [
      { date: '2026-03-01', amount: '10', idempotencyKey: 'a' },
      { date: '2026-03-02', amount: '0.001' },
      { date: '2026-03-03', amount: '30', idempotencyKey: 'b' },
      { date: '2026-03-03', amount: '30', idempotencyKey: 'b' },
      { date: '2026-03-04', amount: '31', idempotencyKey: 'b' },
    ];
    const record = (more: object = {}) =>
      recordClientCosts(world.at(START), 'ad_spend', { clientWorkspaceId, costs, ...more });
    const outcomes = (taken: Awaited<ReturnType<typeof record>>) =>
      taken.map((one) => (one.ok ? (one.replayed ? 'replayed' : 'added') : one.error.code));
    const once = ['added', 'invalid_input', 'added', 'replayed', 'idempotency_conflict'];
    const again = ['replayed', 'invalid_input', 'replayed', 'replayed', 'idempotency_conflict'];

    expect(outcomes(await record({ dryRun: true }))).toEqual(once);
    expect(await actions(world, clientWorkspaceId)).toEqual([]);
    expect(outcomes(await record())).toEqual(once);
    expect(outcomes(await record({ dryRun: true }))).toEqual(again);
    expect(outcomes(await record())).toEqual(again);
    const { items } = await listAudit(world.at(LATER), { clientWorkspaceId });
    expect(items[0]).toMatchObject({
      action: 'ad_spend.recorded',
      after: { accepted: 2, replayed: 1, refused: 2 },
    });
    const { items: kept } = await listClientCosts(world.at(LATER), 'ad_spend', {
      clientWorkspaceId,
    });
    expect(kept.map(({ startDate }) => startDate)).toEqual(['2026-03-03', '2026-03-01']);
  });

  test('when opposed lists come at once, then nobody waits for ever and each key is there once', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const costs = Array.from({ length: 200 }, (_, index) => ({
      date: '2026-03-01',
      amount: index,
      idempotencyKey: `k${index}`,
    }));
    const lists = [costs, costs.toReversed(), costs, costs.toReversed()];
    const all = await Promise.all(
      lists.map((list) =>
        recordClientCosts(world.at(START), 'other', { clientWorkspaceId, costs: list }),
      ),
    );
    const added = all.flat().filter((one) => one.ok && !one.replayed);
    expect(added).toHaveLength(200);
    expect(all.flat().every((one) => one.ok)).toBe(true);
  });

  test('when it is read, then by pages, and by days, campaign and platform', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const costs = [
      { startDate: '2026-02-15', endDate: '2026-03-15', amount: '1' },
      { date: '2026-03-10', amount: '2', campaignId: 'spring' },
      { date: '2026-03-10', amount: '3', platform: 'x' },
      { date: '2026-04-01', amount: '4' },
    ];
    await recordClientCosts(world.at(START), 'ad_spend', { clientWorkspaceId, costs });
    const read = async (more: object) => {
      const input = { clientWorkspaceId, ...more };
      const page = await listClientCosts(world.at(START), 'ad_spend', input);
      return [page.items.map(({ amount }) => Number(amount.amount)), page.nextCursor] as const;
    };
    const [first, cursor] = await read({ limit: 2 });
    const [second, nextCursor] = await read({ limit: 2, cursor });
    expect([first.length, second.length, nextCursor]).toEqual([2, 2, null]);
    expect(new Set([...first, ...second])).toEqual(new Set([1, 2, 3, 4]));
    expect(await read({ endDate: '2026-02-20' })).toEqual([[1], null]);
    expect(await read({ startDate: '2026-03-11', endDate: '2026-03-31' })).toEqual([[1], null]);
    expect(await read({ campaignId: 'spring' })).toEqual([[2], null]);
    expect(await read({ platform: 'twitter' })).toEqual([[3], null]);
    await expect(read({ cursor: 'x' })).rejects.toMatchObject({ issues: [{ path: 'cursor' }] });
    await expect(read({ startDate: '2026-03-02', endDate: '2026-03-01' })).rejects.toMatchObject({
      code: 'period_inverted',
    });
  });
});
