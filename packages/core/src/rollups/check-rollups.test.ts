import { describe, expect } from 'vitest';

import { test as base, type World } from '../tenancy/testing/world.ts';
import { asOwner, silentLog } from '../testing/index.ts';
import { checkRollups, keepRollups, type AgencyRollups } from './check-rollups.ts';
import { refreshAgency } from './refresh.ts';

const NOW = '2026-03-10T12:00:00Z';

/** `test` with two clients who spent something, one of them beside a tool that all share and pay monthly. */
const test = base.extend('clients', async ({ database, world }) => {
  const clients = [await world.client(), await world.client()];
  for (const clientId of clients) {
    await asOwner(
      database.ownerUrl,
      `insert into retainer.client_cost (agency_id, id, client_id, kind, from_date, to_date, amount_minor, currency,
         created_at) values ('${world.agencyId}', gen_random_uuid(), '${clientId}', 'other', '2026-03-01', '2026-03-03',
         100, 'USD', now())`,
    );
  }
  await asOwner(
    database.ownerUrl,
    `insert into retainer.tool_cost (agency_id, id, name, allocation, amount_minor, currency, starts_on, every_months,
       created_at) values ('${world.agencyId}', gen_random_uuid(), 'Canva', 'equal', 1001, 'USD', '2026-02-01', 1, now())`,
  );
  await refreshAgency(world.at(NOW));
  return clients;
});

interface Look {
  readonly world: World;
  readonly database: Parameters<typeof checkRollups>[0]['database'];
}

async function look(of: Look, repair: boolean, clientId?: string): Promise<AgencyRollups[]> {
  const upkeep = { database: of.database, now: () => new Date(NOW) };
  const found: AgencyRollups[] = [];
  const scope = { agencyId: of.world.agencyId, clientId, repair };
  for await (const agency of checkRollups(upkeep, scope)) found.push(agency);
  return found;
}

const SPOIL = `update retainer.rollup_day set other_minor = other_minor + 1 where dimension = 'client'`;

describe('given the rollups of an agency', () => {
  test('when nothing happened to them, then nothing differs, in one client as in all', async ({
    world,
    database,
    clients,
  }) => {
    const { agencyId } = world;
    expect(await look({ world, database }, false)).toEqual([
      { agencyId, clients: 2, differences: [] },
    ]);
    expect(await look({ world, database }, false, clients[0])).toEqual([
      { agencyId, clients: 1, differences: [] },
    ]);
  });

  test('when a row is spoilt, then it is found, stays, and is put right only by a repair', async ({
    world,
    database,
    clients,
  }) => {
    const [spoilt = ''] = clients;
    await asOwner(
      database.ownerUrl,
      `${SPOIL} and client_id = '${spoilt}' and local_date = '2026-03-02'`,
    );
    for (const repair of [false, false, true]) {
      const [found] = await look({ world, database }, repair);
      expect(found?.differences).toMatchObject([{ clientId: spoilt }]);
      expect(found?.differences[0]?.surplus).toHaveLength(1);
      expect(found?.differences[0]?.lacking).toHaveLength(1);
    }
    expect((await look({ world, database }, false))[0]?.differences).toEqual([]);
  });

  test('when a share of a tool is lost, then the costs that all share differ', async ({
    world,
    database,
    clients,
  }) => {
    await asOwner(
      database.ownerUrl,
      `delete from retainer.leaf where kind = 'tool' and client_id = '${clients[0]}'`,
    );
    const [found] = await look({ world, database }, true);
    expect(found?.differences).toMatchObject([{ clientId: '' }]);
    expect((await look({ world, database }, false))[0]?.differences).toEqual([]);
  });
});

describe('given a night', () => {
  test('when it passes, then recurring tools reach further, and a spoilt client is named and put right', async ({
    world,
    database,
    clients,
  }) => {
    const errors: object[] = [];
    const log = { ...silentLog, error: (fields: object) => void errors.push(fields) };
    const until = async (): Promise<string | undefined> => {
      const rows = await asOwner<{ until: string }>(
        database.ownerUrl,
        `select max(to_date)::text as until from retainer.leaf where agency_id = '${world.agencyId}' and kind = 'tool'`,
      );
      return rows[0]?.until;
    };
    expect(await until()).toBe('2026-04-30');
    await asOwner(database.ownerUrl, `${SPOIL} and client_id = '${clients[1]}'`);

    const night = { database, log, now: () => new Date('2026-05-20T03:00:00Z') };
    await keepRollups({ ...night, random: () => 0 });
    expect(errors).toMatchObject([{ agencyId: world.agencyId, clientId: clients[1] }]);
    await refreshAgency(world.at('2026-05-20T03:00:00Z'));
    expect(await until()).toBe('2026-07-31');

    await keepRollups({ ...night, random: () => 0.99 });
    expect(errors).toHaveLength(1);
    expect(await look({ world, database }, false)).toMatchObject([{ differences: [] }]);
  });
});
