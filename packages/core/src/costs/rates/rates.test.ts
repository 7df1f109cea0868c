import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import { archiveClient } from '../../tenancy/archive-client.ts';
import { getAgency } from '../../tenancy/get-agency.ts';
import { found, START, test } from '../../tenancy/testing/world.ts';
import { upsertAgency } from '../../tenancy/upsert-agency.ts';
import { keepEntry, priced } from '../testing/costs-world.ts';
import { listRates } from './list-rates.ts';
import { removeRate } from './remove-rate.ts';
import { setRate } from './set-rate.ts';

const NOW = '2026-03-10T12:00:00Z';
const SETTINGS = { name: 'North', timeZone: 'UTC', currency: 'USD' };

const dollars = (amount: string) => ({ amount, currency: 'USD' });

describe('given a rate', () => {
  test('when it is set, then it holds from today on, and is remembered with who set it', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client({ currency: 'EUR' });
    const rate = await setRate(ctx, { level: 'client', clientWorkspaceId, hourlyRate: '80' });
    expect(rate).toEqual({
      id: rate.id,
      level: 'client',
      person: null,
      role: null,
      clientWorkspaceId,
      campaignId: null,
      fromDate: '2026-03-10',
      hourlyRate: { amount: '80.00', currency: 'EUR' },
      createdAt: new Date(NOW),
    });
    const { items } = await listAudit(ctx, { clientWorkspaceId });
    expect(items[0]).toMatchObject({
      action: 'rate.set',
      subject: `rate:${rate.id}`,
      actor: `agency:${world.agencyId}`,
      before: null,
      after: { hourlyRate: { amount: '80.00' } },
    });
  });

  test('when it is set again from the same day, then it takes the other’s place', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const wanted = { level: 'person', person: 'ada', fromDate: '2026-01-01' } as const;
    const first = await setRate(ctx, { ...wanted, hourlyRate: 50 });
    const second = await setRate(ctx, { ...wanted, hourlyRate: 0 });
    expect(second).toEqual({ ...first, hourlyRate: dollars('0.00') });
    const { items } = await listRates(ctx, {});
    expect(items).toEqual([second]);
    const audit = await listAudit(ctx, {});
    expect(audit.items[0]).toMatchObject({
      before: { hourlyRate: dollars('50.00') },
      after: { hourlyRate: dollars('0.00') },
    });
  });

  test('when many set it at once, then there is one', async ({ world }) => {
    const wanted = { level: 'role', role: 'writer', hourlyRate: 50 } as const;
    const all = await Promise.all(Array.from({ length: 8 }, () => setRate(world.at(NOW), wanted)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await listRates(world.at(NOW), {})).items).toHaveLength(1);
  });

  test('when a later one follows, then each prices its own days, and null goes back to the wider level', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientId = await world.client();
    await setRate(ctx, { level: 'agency', fromDate: null, hourlyRate: 40 });
    const client = { level: 'client', clientWorkspaceId: clientId } as const;
    await setRate(ctx, { ...client, fromDate: '2026-02-01', hourlyRate: 60 });
    await setRate(ctx, { ...client, fromDate: '2026-03-01', hourlyRate: null });
    const entries = [
      await keepEntry(ctx, { clientId, localDate: '1999-01-01' }),
      await keepEntry(ctx, { clientId, localDate: '2026-02-28' }),
      await keepEntry(ctx, { clientId, localDate: '2026-03-01' }),
    ];
    expect(await priced(ctx, entries)).toMatchObject([
      [{ level: 'agency', costMinor: 4000n }],
      [{ level: 'client', costMinor: 6000n }],
      [{ level: 'agency', costMinor: 4000n }],
    ]);
  });

  test('when rates are asked for as of a day, then those in force then are told', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const always = await setRate(ctx, { level: 'agency', fromDate: null, hourlyRate: 40 });
    const march = await setRate(ctx, {
      level: 'agency',
      fromDate: '2026-03-01',
      hourlyRate: 45,
    });
    const ada = await setRate(ctx, {
      level: 'person',
      person: 'ada',
      fromDate: '2026-04-01',
      hourlyRate: 45,
    });
    expect(always.fromDate).toBeNull();
    expect((await listRates(ctx, { asOf: '2026-02-28' })).items).toEqual([always]);
    expect((await listRates(ctx, { asOf: '2026-03-31' })).items).toEqual([march]);
    expect((await listRates(ctx, { asOf: '2026-04-01' })).items).toEqual([ada, march]);
    expect((await listRates(ctx, { person: 'ada' })).items).toEqual([ada]);
    expect((await listRates(ctx, { level: 'agency' })).items).toEqual([march, always]);
    const first = await listRates(ctx, { limit: 2 });
    expect(first.items).toEqual([ada, march]);
    const rest = await listRates(ctx, { cursor: first.nextCursor ?? '' });
    expect(rest).toEqual({ items: [always], nextCursor: null });
  });

  test('when it is still to come, then it can be taken back; once it has begun, it cannot', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const coming = await setRate(ctx, {
      level: 'agency',
      fromDate: '2026-03-11',
      hourlyRate: 40,
    });
    const begun = await setRate(ctx, { level: 'agency', hourlyRate: 40 });
    expect(await removeRate(ctx, { rateId: coming.id })).toEqual(coming);
    await expect(removeRate(ctx, { rateId: coming.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(removeRate(ctx, { rateId: begun.id })).rejects.toMatchObject({ code: 'conflict' });
    expect((await listRates(ctx, {})).items).toEqual([begun]);
    const { items } = await listAudit(ctx, {});
    expect(items[0]).toMatchObject({ action: 'rate.removed', before: { id: coming.id } });
  });

  test.for([
    { why: 'lacks whom it is for', input: { level: 'person' }, path: 'person' },
    {
      why: 'is for more than its level',
      input: { level: 'role', role: 'a', person: 'b' },
      path: 'person',
    },
    { why: 'is below 0', input: { level: 'agency', hourlyRate: -1 }, path: 'hourlyRate' },
    {
      why: 'is beyond measure',
      input: { level: 'agency', hourlyRate: '10000000000' },
      path: 'hourlyRate',
    },
  ] as const)('when it $why, then it is refused by name', async ({ input, path }, { world }) => {
    const refused = setRate(world.at(NOW), { hourlyRate: 1, ...input });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] });
  });
});

describe('given an agency’s rate', () => {
  test('when it is registered with one, then that prices all days there were', async ({
    database,
  }) => {
    const world = await found(database, { hourlyRate: 40 });
    const { items } = await listRates(world.at(NOW), {});
    expect(items).toMatchObject([
      { level: 'agency', fromDate: null, hourlyRate: dollars('40.00') },
    ]);
  });

  test('when it changes, then what lies before keeps its cost, and the day is the agency’s own', async ({
    database,
  }) => {
    const settings = { ...SETTINGS, timeZone: 'Pacific/Auckland' };
    const world = await found(database, { ...settings, hourlyRate: 40 });
    const ctx = world.at(NOW);
    const clientId = await world.client();
    const changed = await upsertAgency(ctx, { ...settings, hourlyRate: 45 });
    expect(changed.hourlyRate).toEqual(dollars('45.00'));
    await upsertAgency(ctx, { ...settings, hourlyRate: 45 });
    await upsertAgency(ctx, settings);
    const entries = [
      await keepEntry(ctx, { clientId, localDate: '2026-03-10' }),
      await keepEntry(ctx, { clientId, localDate: '2026-03-11' }),
    ];
    expect(await priced(ctx, entries)).toMatchObject([
      [{ costMinor: 4000n }],
      [{ costMinor: 4500n }],
    ]);
    expect((await listRates(ctx, {})).items).toMatchObject([
      { fromDate: '2026-03-11', hourlyRate: dollars('45.00') },
      { fromDate: null, hourlyRate: dollars('40.00') },
    ]);
    await upsertAgency(ctx, { ...settings, hourlyRate: null });
    expect((await getAgency(ctx)).hourlyRate).toBeNull();
    expect((await getAgency(world.at(START))).hourlyRate).toEqual(dollars('40.00'));
  });

  test('when one is set for later, then the agency shows it from that day on', async ({
    database,
  }) => {
    const world = await found(database, { hourlyRate: 40 });
    await setRate(world.at(NOW), { level: 'agency', fromDate: '2026-04-01', hourlyRate: 50 });
    expect((await getAgency(world.at(NOW))).hourlyRate).toEqual(dollars('40.00'));
    const april = world.at('2026-04-01T00:00:00Z');
    expect((await getAgency(april)).hourlyRate).toEqual(dollars('50.00'));
  });
});

describe('given two agencies', () => {
  test('when one looks at or touches the other’s rates and clients, then there are none', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const rate = await setRate(world.at(NOW), {
      level: 'agency',
      hourlyRate: 40,
      fromDate: '2027-01-01',
    });
    const other = (await world.neighbour()).at(NOW);
    expect((await listRates(other, {})).items).toEqual([]);
    const unknown = { code: 'not_found' };
    await expect(removeRate(other, { rateId: rate.id })).rejects.toMatchObject(unknown);
    await expect(listRates(other, { clientWorkspaceId })).rejects.toMatchObject(unknown);
    const theirs = setRate(other, { level: 'client', clientWorkspaceId, hourlyRate: 1 });
    await expect(theirs).rejects.toMatchObject(unknown);
    await archiveClient(world.at(NOW), { clientWorkspaceId });
    const archived = setRate(world.at(NOW), { level: 'client', clientWorkspaceId, hourlyRate: 1 });
    await expect(archived).rejects.toMatchObject({ code: 'conflict' });
  });
});
