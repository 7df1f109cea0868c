import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { archiveClient } from './archive-client.ts';
import { readCalendar } from './client-calendar.ts';
import { Client } from './client.entity.ts';
import { getClient } from './get-client.ts';
import { found, START, test } from './testing/world.ts';
import { upsertAgency } from './upsert-agency.ts';
import { upsertClient } from './upsert-client.ts';

const LATER = '2026-03-11T06:30:00Z';

describe('given a new client', () => {
  test('when it is registered, then it lives by the agency and always has', async ({ world }) => {
    const client = await upsertClient(world.at(START), {
      clientWorkspaceId: 'a',
      name: ' Bakery ',
    });
    expect(client).toEqual({
      clientWorkspaceId: 'a',
      name: 'Bakery',
      timeZone: 'UTC',
      currency: 'USD',
      revenueConnected: false,
      scheduledReports: true,
      reportRecipients: [],
      own: { timeZone: null, currency: null },
      createdAt: new Date(START),
      archivedAt: null,
      timeZoneChange: null,
    });
    expect(await epochs(world.at(START), 'a')).toEqual([
      { from: -Infinity, timeZone: 'UTC', weekStartsOn: 'monday' },
    ]);
  });

  test('when eight register it at once, then there is one, with one first audit entry', async ({
    world,
  }) => {
    const input = { clientWorkspaceId: 'a', name: 'Bakery' };
    await Promise.all(Array.from({ length: 8 }, () => upsertClient(world.at(START), input)));
    const { items } = await listAudit(world.at(START), { clientWorkspaceId: 'a' });
    expect(items.map((item) => item.action)).toEqual(['client.registered']);
  });

  test('when its id holds a control character, then it is refused by name', async ({ world }) => {
    const input = { clientWorkspaceId: 'a\u0000b', name: 'Bakery' };
    await expect(upsertClient(world.at(START), input)).rejects.toMatchObject({
      issues: [{ path: ['clientWorkspaceId'] }],
    });
  });
});

describe('given people who want its reports', () => {
  test('when they are named, then each is kept once, until others are or nobody is', async ({
    world,
  }) => {
    const client = { clientWorkspaceId: await world.client(), name: 'Bakery' };
    const set = async (reportRecipients?: string[]) =>
      (await upsertClient(world.at(START), { ...client, reportRecipients })).reportRecipients;
    const addresses = ['Ann.Lee@Bakery.Example', 'Ann.Lee@bakery.example', 'bo@x.example'];
    expect(await set(addresses)).toEqual(['Ann.Lee@bakery.example', 'bo@x.example']);
    expect(await set()).toEqual(['Ann.Lee@bakery.example', 'bo@x.example']);
    expect(await set([])).toEqual([]);
  });

  test.for(['bakery.example', 'a@b@c.example', 'a@x.example\nBcc: b@x.example', '<a@x.example>'])(
    'when one is %j, then it is refused by its place',
    async (address, { world }) => {
      const client = { clientWorkspaceId: await world.client(), name: 'Bakery' };
      const input = { ...client, reportRecipients: ['a@x.example', address] };
      await expect(upsertClient(world.at(START), input)).rejects.toMatchObject({
        issues: [{ path: ['reportRecipients', 1] }],
      });
    },
  );
});

describe('given a client in Kolkata', () => {
  test('when it moves to New York, then the change waits for the end of its week', async ({
    world,
  }) => {
    const id = await world.client({ timeZone: 'Asia/Kolkata' });
    const input = { clientWorkspaceId: id, name: 'Bakery', timeZone: 'America/New_York' };
    const change = {
      timeZone: 'America/New_York',
      effectiveAt: new Date('2026-03-15T18:30:00Z'),
    };
    expect(await upsertClient(world.at(LATER), input)).toMatchObject({ timeZoneChange: change });
    expect(await upsertClient(world.at(LATER), input)).toMatchObject({ timeZoneChange: change });

    const back = await upsertClient(world.at(LATER), { ...input, timeZone: 'Asia/Kolkata' });
    expect(back.timeZoneChange).toBeNull();
    expect(await epochs(world.at(LATER), id)).toHaveLength(1);
  });

  test('when another zone replaces the pending one, then it takes the same place', async ({
    world,
  }) => {
    const id = await world.client({ timeZone: 'Asia/Kolkata' });
    const input = { clientWorkspaceId: id, name: 'Bakery' };
    await upsertClient(world.at(LATER), { ...input, timeZone: 'America/New_York' });
    await upsertClient(world.at(LATER), { ...input, timeZone: 'Europe/Berlin' });
    expect(await epochs(world.at(LATER), id)).toEqual([
      { from: -Infinity, timeZone: 'Asia/Kolkata', weekStartsOn: 'monday' },
      {
        from: Date.parse('2026-03-15T18:30:00Z'),
        timeZone: 'Europe/Berlin',
        weekStartsOn: 'monday',
      },
    ]);
  });

  test('when only its name changes, then its zone stays and its version too', async ({ world }) => {
    const id = await world.client({ timeZone: 'Asia/Kolkata' });
    const version = await versionOf(world.at(LATER), id);
    const after = await upsertClient(world.at(LATER), { clientWorkspaceId: id, name: 'Mill' });
    expect(after).toMatchObject({ name: 'Mill', timeZone: 'Asia/Kolkata', timeZoneChange: null });
    expect(await versionOf(world.at(LATER), id)).toBe(version);
  });

  test('when its zone is set to null, then it returns to its agency', async ({ world }) => {
    const id = await world.client({ timeZone: 'Asia/Kolkata' });
    const input = { clientWorkspaceId: id, name: 'Bakery', timeZone: null };
    expect(await upsertClient(world.at(LATER), input)).toMatchObject({
      timeZone: 'UTC',
      timeZoneChange: { timeZone: 'UTC' },
    });
  });

  test('when it is archived and registered again, then it is back', async ({ world }) => {
    const id = await world.client();
    await archiveClient(world.at(LATER), { clientWorkspaceId: id });
    expect(await getClient(world.at(LATER), { clientWorkspaceId: id })).toMatchObject({
      archivedAt: new Date(LATER),
    });
    await upsertClient(world.at(LATER), { clientWorkspaceId: id, name: 'Bakery' });
    const { archivedAt } = await getClient(world.at(LATER), { clientWorkspaceId: id });
    expect(archivedAt).toBeNull();
  });
});

describe('given an agency with clients', () => {
  test('when it moves, then those without a zone of their own move with it', async ({
    database,
  }) => {
    const world = await found(database, { timeZone: 'Asia/Kolkata' });
    const [follows, stays] = [await world.client(), await world.client({ timeZone: 'UTC' })];
    const settings = { name: 'North', currency: 'USD' };
    await upsertAgency(world.at(LATER), { ...settings, timeZone: 'America/New_York' });
    expect(await epochs(world.at(LATER), follows)).toHaveLength(2);
    expect(await epochs(world.at(LATER), stays)).toHaveLength(1);

    await upsertAgency(world.at(LATER), {
      ...settings,
      timeZone: 'America/New_York',
      weekStartsOn: 'sunday',
    });
    expect(await epochs(world.at(LATER), stays)).toMatchObject([
      { weekStartsOn: 'monday' },
      { timeZone: 'UTC', weekStartsOn: 'sunday', from: Date.parse('2026-03-16T00:00:00Z') },
    ]);
  });

  test('when its rule for past due changes, then every client gets a new version', async ({
    world,
  }) => {
    const id = await world.client();
    const before = await versionOf(world.at(LATER), id);
    const settings = { name: 'North', currency: 'USD', timeZone: 'UTC', pastDueBlocks: false };
    await upsertAgency(world.at(LATER), settings);
    expect(await versionOf(world.at(LATER), id)).toBe(before + 1);
  });
});

async function epochs(ctx: ServiceContext, id: string) {
  return inTransaction(ctx, (em) => readCalendar(em, { agencyId: ctx.agencyId, id }));
}

async function versionOf(ctx: ServiceContext, id: string): Promise<number> {
  const client = await inTransaction(ctx, (em) =>
    em.findOneOrFail(Client, { agencyId: ctx.agencyId, id }, { refresh: true }),
  );
  return client.version;
}
