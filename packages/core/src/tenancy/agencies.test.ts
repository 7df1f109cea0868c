import { randomUUID } from 'node:crypto';

import { describe, expect } from 'vitest';

import { createContext } from '../kernel/context.ts';
import { archiveAgency } from './archive-agency.ts';
import { getAgency } from './get-agency.ts';
import { getClient } from './get-client.ts';
import { listAgencies } from './list-agencies.ts';
import { listClients } from './list-clients.ts';
import { found, START, test } from './testing/world.ts';
import { upsertAgency } from './upsert-agency.ts';
import { upsertClient } from './upsert-client.ts';

const SETTINGS = { name: 'North', timeZone: 'UTC', currency: 'USD' };

describe('given an agency', () => {
  test('when it is registered with rates, then they are kept to the cent', async ({ world }) => {
    const agency = await upsertAgency(world.at(START), {
      ...SETTINGS,
      hourlyRate: 100.05,
      conversionValue: { amount: '50', currency: 'USD' },
      leadValue: 0,
    });
    expect(agency).toMatchObject({
      agencyWorkspaceId: world.agencyId,
      weekStartsOn: 'monday',
      rounding: 'half_away_from_zero',
      pastDueBlocks: true,
      unassignedChannels: 'allow',
      hourlyRate: { amount: '100.05', currency: 'USD' },
      conversionValue: { amount: '50.00', currency: 'USD' },
      leadValue: { amount: '0.00', currency: 'USD' },
      archivedAt: null,
    });
    expect(await upsertAgency(world.at(START), SETTINGS)).toEqual(agency);
    expect(await getAgency(world.at(START))).toEqual(agency);
    expect(await upsertAgency(world.at(START), { ...SETTINGS, hourlyRate: null })).toMatchObject({
      hourlyRate: null,
      leadValue: { amount: '0.00' },
    });
  });

  test('when its currency changes under a rate, then it is refused until the rate is told again', async ({
    database,
  }) => {
    const world = await found(database, { hourlyRate: 100 });
    const euros = { ...SETTINGS, currency: 'EUR' };
    await expect(upsertAgency(world.at(START), euros)).rejects.toMatchObject({
      code: 'currency_mismatch',
    });
    expect(await upsertAgency(world.at(START), { ...euros, hourlyRate: 90 })).toMatchObject({
      hourlyRate: { amount: '90.00', currency: 'EUR' },
    });
  });

  test.for([
    { why: 'a fraction of a cent', input: { hourlyRate: '1.005' } },
    { why: 'a negative rate', input: { hourlyRate: -1 } },
    { why: 'an unknown field', input: { colour: 'red' } },
    { why: 'a zone that is an offset', input: { timeZone: '+02:00' } },
    { why: 'a currency nobody pays in', input: { currency: 'XXX' } },
  ])(
    'when it is sent $why, then it is refused and nothing changes',
    async ({ input }, { world }) => {
      const before = await getAgency(world.at(START));
      await expect(upsertAgency(world.at(START), { ...SETTINGS, ...input })).rejects.toBeInstanceOf(
        Error,
      );
      expect(await getAgency(world.at(START))).toEqual(before);
    },
  );

  test('when it is archived and registered again, then it is back', async ({ world }) => {
    expect((await archiveAgency(world.at(START))).archivedAt).toEqual(new Date(START));
    expect((await upsertAgency(world.at(START), SETTINGS)).archivedAt).toBeNull();
  });
});

describe('given two agencies', () => {
  test('when each lists its clients, then it sees its own, page by page', async ({ world }) => {
    const neighbour = await world.neighbour();
    const ids = ['a', 'b', 'c'];
    for (const clientWorkspaceId of ids) {
      await upsertClient(world.at(START), { clientWorkspaceId, name: 'Ours' });
    }
    await upsertClient(neighbour.at(START), { clientWorkspaceId: 'b', name: 'Theirs' });

    const first = await listClients(world.at(START), { limit: 2 });
    const cursor = first.nextCursor ?? '';
    const second = await listClients(world.at(START), { limit: 2, cursor });
    expect(first.items.map((one) => one.clientWorkspaceId)).toEqual(['a', 'b']);
    expect(second).toMatchObject({ items: [{ clientWorkspaceId: 'c' }], nextCursor: null });

    const theirs = await listClients(neighbour.at(START), {});
    expect(theirs.items).toMatchObject([{ clientWorkspaceId: 'b', name: 'Theirs' }]);
    await expect(getClient(neighbour.at(START), { clientWorkspaceId: 'a' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('when the operator lists agencies, then each is there once, in order', async ({
    database,
    world,
  }) => {
    const neighbour = await world.neighbour();
    const actor = { kind: 'admin', id: randomUUID() } as const;
    const facts = { orm: database.orm, actor, now: () => new Date(START) };
    const operator = { within: (agencyId: string) => createContext({ ...facts, agencyId }) };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAgencies(operator, { limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.items.map((one) => one.agencyWorkspaceId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toContain(world.agencyId);
    expect(seen).toContain(neighbour.agencyId);
    expect(seen).toEqual([...new Set(seen)].toSorted());
  });
});
