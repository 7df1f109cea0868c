import { describe, expect } from 'vitest';

import { test } from '../tenancy/testing/world.ts';
import { asOwner } from '../testing/index.ts';
import { createDefaultTiers } from '../tiers/create-default-tiers.ts';

const TABLES = `select c.relname as name, c.relrowsecurity as secured,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid
       and p.polqual is not null and p.polwithcheck is not null and p.polpermissive) as policies
  from pg_class c where c.relnamespace = 'retainer'::regnamespace and c.relkind in ('r', 'p')
  order by 1`;

/** The list of migrations belongs to no agency. */
const SHARED = ['migration'];

interface Table {
  readonly name: string;
  readonly secured: boolean;
  readonly policies: number;
}

describe('given every table of the service', () => {
  test('when it holds an agency’s rows, then row-level security and one policy guard it', async ({
    database,
  }) => {
    const tables = await asOwner<Table>(database.ownerUrl, TABLES);
    const open = tables.filter(({ secured, policies }) => !secured || policies !== 1);
    expect(tables.length).toBeGreaterThan(10);
    expect(open.map(({ name }) => name)).toEqual(SHARED);
  });

  test('when no agency is set, then the service sees and changes nothing', async ({
    database,
    world,
  }) => {
    await createDefaultTiers(world.at('2026-01-01T00:00:00Z'));
    const tables = await asOwner<Table>(database.ownerUrl, TABLES);
    for (const { name } of tables.filter((table) => !SHARED.includes(table.name))) {
      // oxlint-disable-next-line no-await-in-loop -- to name the table that fails
      const { rows } = await database.gatePool.query(`select 1 from retainer.${name} limit 1`);
      expect([name, rows]).toEqual([name, []]);
    }
    const { rowCount } = await database.gatePool.query('update retainer.client set name = name');
    expect(rowCount).toBe(0);
  });
});
