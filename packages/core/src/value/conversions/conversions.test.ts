import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { archiveClient } from '../../tenancy/archive-client.ts';
import { test, type World } from '../../tenancy/testing/world.ts';
import { createConversion, type CreateConversionInput } from './create-conversion.ts';
import { deleteConversion } from './delete-conversion.ts';
import { listConversions } from './list-conversions.ts';
import { recordConversions } from './record-conversions.ts';
import { updateConversion } from './update-conversion.ts';

const NOW = '2026-03-02T12:00:00Z';
const LATER = '2026-03-04T12:00:00Z';
const SHOP = { source: 'shop', attributionModel: 'last_click' } as const;

async function listed(world: World, clientWorkspaceId: string) {
  return (await listConversions(world.at(LATER), { clientWorkspaceId })).items;
}

async function audited(world: World, clientWorkspaceId: string) {
  const { items } = await listAudit(world.at(LATER), { clientWorkspaceId });
  return items.filter(({ action }) => action.startsWith('conversion'));
}

describe('given a client in Berlin', () => {
  test('when revenue is recorded at an instant, then it counts on the client’s day', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client({ timeZone: 'Europe/Berlin', currency: 'EUR' });
    const revenue = await createConversion(world.at(NOW), {
      clientWorkspaceId,
      at: '2026-03-01T23:30:00Z',
      kind: 'revenue',
      amount: '120.50',
      campaignId: 'spring',
      platform: 'Twitter',
      postId: 'post-1',
      ...SHOP,
    });
    expect(revenue).toEqual({
      id: expect.any(String),
      clientWorkspaceId,
      kind: 'revenue',
      date: '2026-03-02',
      at: new Date('2026-03-01T23:30:00Z'),
      count: 1,
      amount: { amount: '120.50', currency: 'EUR' },
      campaignId: 'spring',
      platform: 'x',
      postId: 'post-1',
      ...SHOP,
      idempotencyKey: null,
      createdAt: new Date(NOW),
      editedAt: null,
      deletedAt: null,
      replayed: false,
    });
    expect(await audited(world, clientWorkspaceId)).toMatchObject([
      { action: 'conversion.created', after: { amount: { amount: '120.50', currency: 'EUR' } } },
    ]);
  });

  test.for([
    { why: 'a refund', input: { kind: 'revenue', amount: '-9.99', ...SHOP }, amount: '-9.99' },
    { why: 'a conversion with a worth', input: { kind: 'conversion', amount: 5 }, amount: '5.00' },
    { why: 'a conversion without one', input: { kind: 'conversion' }, amount: undefined },
    { why: 'no leads at all', input: { kind: 'lead', count: 0 }, amount: undefined },
  ] as const)('when it is $why, then it is taken', async ({ input, amount }, { world }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, date: '2026-03-01', ...input };
    const made = await createConversion(world.at(NOW), told);
    expect(made.amount?.amount).toBe(amount);
    expect(made.source).toBe('source' in input ? 'shop' : 'unspecified');
  });

  const LEAD = { date: '2026-03-01', kind: 'lead' } as const;
  const REVENUE = { date: '2026-03-01', kind: 'revenue', amount: 1, ...SHOP } as const;
  test.for([
    { why: 'a lead with an amount', input: { ...LEAD, amount: 5 }, path: 'amount' },
    { why: 'revenue without one', input: { ...REVENUE, amount: undefined }, path: 'amount' },
    { why: 'too many decimals', input: { ...REVENUE, amount: '1.234' }, path: 'amount' },
    {
      why: 'a conversion below 0',
      input: { ...REVENUE, kind: 'conversion', amount: -1 },
      path: 'amount',
    },
    { why: 'revenue of no source', input: { ...REVENUE, source: undefined }, path: 'source' },
    {
      why: 'revenue without a model',
      input: { ...REVENUE, attributionModel: undefined },
      path: 'attributionModel',
    },
    { why: 'no time', input: { kind: 'lead' }, path: 'date' },
    { why: 'two times', input: { ...LEAD, at: NOW }, path: 'date' },
  ] as const)('when it is $why, then the field is named', async ({ input, path }, { world }) => {
    const clientWorkspaceId = await world.client();
    const told: CreateConversionInput = { clientWorkspaceId, ...input };
    await expect(createConversion(world.at(NOW), told)).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path }],
    });
  });

  test('when it is unknown, a neighbour’s or archived, then nothing is written', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const told = { clientWorkspaceId, ...LEAD };
    const neighbour = await world.neighbour();
    const theirs = createConversion(neighbour.at(NOW), told);
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
    const { id: conversionId } = await createConversion(world.at(NOW), told);
    const other = { clientWorkspaceId: await world.client(), conversionId };
    await expect(deleteConversion(world.at(NOW), other)).rejects.toMatchObject({
      code: 'not_found',
    });
    await archiveClient(world.at(NOW), { clientWorkspaceId });
    const late = createConversion(world.at(NOW), told);
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await listed(world, clientWorkspaceId)).toHaveLength(1);
  });
});

describe('given a conversion that is sent with a key', () => {
  const told = { date: '2026-03-01', kind: 'lead', count: 3, idempotencyKey: 'crm-7' } as const;

  test('when it is sent again, then the first row answers, also after an edit or a deletion', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const { replayed: _new, ...first } = await createConversion(world.at(NOW), {
      clientWorkspaceId,
      ...told,
    });
    const again = () => createConversion(world.at(LATER), { clientWorkspaceId, ...told });
    expect(await again()).toEqual({ ...first, replayed: true });
    const ids = { clientWorkspaceId, conversionId: first.id };
    const edited = await updateConversion(world.at(LATER), { ...ids, count: 4 });
    expect(await again()).toEqual({ ...edited, replayed: true });
    await deleteConversion(world.at(LATER), ids);
    expect(await again()).toMatchObject({ id: first.id, deletedAt: new Date(LATER) });
    const actions = (await audited(world, clientWorkspaceId)).map(({ action }) => action);
    expect(actions).toEqual(['conversion.deleted', 'conversion.changed', 'conversion.created']);
  });

  test('when the key comes with something else, then it is a conflict', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    await createConversion(world.at(NOW), { clientWorkspaceId, ...told });
    const other = createConversion(world.at(NOW), { clientWorkspaceId, ...told, count: 4 });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
    const elsewhere = await createConversion(world.at(NOW), {
      clientWorkspaceId: await world.client(),
      ...told,
    });
    expect(elsewhere.replayed).toBe(false);
  });

  test('when many callers send it at once, then one row is made', async ({ world }) => {
    const clientWorkspaceId = await world.client();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        createConversion(world.at(NOW), { clientWorkspaceId, ...told }),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await listed(world, clientWorkspaceId)).toHaveLength(1);
  });
});

describe('given many conversions at once', () => {
  const rowOf = (key: string, count = 1) =>
    ({ date: '2026-03-01', kind: 'lead', count, idempotencyKey: key }) as const;

  test('when some are known, twice there, in conflict or wrong, then each is answered in its place', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const known = await createConversion(world.at(NOW), { clientWorkspaceId, ...rowOf('known') });
    const input = {
      clientWorkspaceId,
      conversions: [
        rowOf('new'),
        rowOf('known'),
        rowOf('new'),
        rowOf('new', 2),
        rowOf('known', 2),
        { date: '2026-03-01', kind: 'lead', amount: 1 },
        { date: '2026-03-01', kind: 'lead' },
      ],
    } as const;
    const conversions = [...input.conversions];
    const dry = await recordConversions(world.at(NOW), { ...input, conversions, dryRun: true });
    expect(await listed(world, clientWorkspaceId)).toHaveLength(1);
    const taken = await recordConversions(world.at(NOW), { ...input, conversions });
    for (const answers of [dry, taken]) {
      const id = answers[0]?.ok === true ? answers[0].id : '';
      expect(answers).toEqual([
        { ok: true, id, replayed: false },
        { ok: true, id: known.id, replayed: true },
        { ok: true, id, replayed: true },
        { ok: false, error: expect.objectContaining({ code: 'idempotency_conflict' }) },
        { ok: false, error: expect.objectContaining({ code: 'idempotency_conflict' }) },
        { ok: false, error: expect.objectContaining({ code: 'invalid_input' }) },
        { ok: true, id: expect.any(String), replayed: false },
      ]);
    }
    expect(await listed(world, clientWorkspaceId)).toHaveLength(3);
    const [entry] = await audited(world, clientWorkspaceId);
    expect(entry).toMatchObject({
      action: 'conversions.recorded',
      after: { accepted: 2, replayed: 2, refused: 3 },
    });
  });

  test('when two callers send the same ones in opposite order, then each is there once', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const conversions = Array.from({ length: 200 }, (_, index) => rowOf(`row-${index}`));
    const send = (rows: typeof conversions) =>
      recordConversions(world.at(NOW), { clientWorkspaceId, conversions: rows });
    const answers = await Promise.all([
      send(conversions),
      send(conversions.toReversed()),
      send(conversions),
      send(conversions.toReversed()),
    ]);
    const made = answers.flat().filter((one) => one.ok && !one.replayed);
    expect(made).toHaveLength(200);
    expect(answers.flat().every((one) => one.ok)).toBe(true);
  });
});

describe('given a conversion that is there', () => {
  test('when it is changed, then what is named changes and the rules hold', async ({ world }) => {
    const clientWorkspaceId = await world.client({ timeZone: 'Asia/Tokyo' });
    const made = await createConversion(world.at(NOW), {
      clientWorkspaceId,
      at: '2026-03-01T20:00:00Z',
      kind: 'conversion',
      amount: { amount: '10', currency: 'EUR' },
      campaignId: 'spring',
    });
    const ids = { clientWorkspaceId, conversionId: made.id };
    const change = (input: object) => updateConversion(world.at(LATER), { ...ids, ...input });
    const { replayed: _new, ...same } = made;
    expect(await change({ campaignId: 'spring' })).toEqual(same);
    expect(await change({ amount: '12.30' })).toMatchObject({
      amount: { amount: '12.30', currency: 'EUR' },
      editedAt: new Date(LATER),
    });
    expect(await change({ date: '2026-03-05', campaignId: null })).toMatchObject({
      date: '2026-03-05',
      at: null,
      campaignId: null,
      amount: { amount: '12.30', currency: 'EUR' },
    });
    const toLead = change({ kind: 'lead' });
    await expect(toLead).rejects.toMatchObject({ issues: [{ path: 'amount' }] });
    expect(await change({ kind: 'lead', amount: null })).toMatchObject({ amount: null });
    const toRevenue = change({ kind: 'revenue', amount: 1 });
    await expect(toRevenue).rejects.toMatchObject({ issues: [{ path: 'source' }] });
    await deleteConversion(world.at(LATER), ids);
    await expect(change({ count: 2 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('when it is deleted, then it leaves the list, and again changes nothing', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const { id: conversionId } = await createConversion(world.at(NOW), {
      clientWorkspaceId,
      date: '2026-03-01',
      kind: 'lead',
    });
    const ids = { clientWorkspaceId, conversionId };
    const gone = await deleteConversion(world.at(NOW), ids);
    expect(gone.deletedAt).toEqual(new Date(NOW));
    expect(await deleteConversion(world.at(LATER), ids)).toEqual(gone);
    expect(await listed(world, clientWorkspaceId)).toEqual([]);
  });
});
