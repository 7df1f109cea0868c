import { describe, expect } from 'vitest';

import { asOwner, test } from '../testing/index.ts';

// Citus, and every engine that spreads rows by a column, needs that column in each key and in each statement.
const KEYS = `
  select rel.relname || '.' || i.relname as name, array_agg(a.attname::text order by k.place) as columns,
    x.indisunique as is_unique
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class rel on rel.oid = x.indrelid and rel.relnamespace = 'retainer'::regnamespace
  cross join lateral unnest(x.indkey::int[]) with ordinality k(attnum, place)
  left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum and k.attnum > 0
  where not rel.relispartition
  group by 1, 3`;

const REFERENCES = `
  select con.conrelid::regclass || '.' || con.conname as name,
    array_agg(a.attname || ' -> ' || b.attname order by k.place) as columns
  from pg_constraint con
  cross join lateral unnest(con.conkey, con.confkey) with ordinality k(near, far, place)
  join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.near
  join pg_attribute b on b.attrelid = con.confrelid and b.attnum = k.far
  where con.contype = 'f' and con.connamespace = 'retainer'::regnamespace and con.conparentid = 0
  group by 1`;

const EXCLUSIONS = `
  select con.conrelid::regclass || '.' || con.conname as name, pg_get_constraintdef(con.oid) as says
  from pg_constraint con where con.contype = 'x' and con.connamespace = 'retainer'::regnamespace`;

/** Tables that are not spread: every node holds them whole, or only the coordinator does. */
const NOT_SPREAD = ['migration.migration_pkey'];

/** Indexes that do not begin with the agency, and why they may. docs/operations/citus.md lists them too. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'api_key.api_key_hash_key': 'a key is shown before anybody knows whose it is',
  'hold.hold_due': 'the sweep asks which agencies have a hold that is due',
  'report.report_work': 'the worker asks which agencies have a report to go on with',
  'report_schedule.report_schedule_next':
    'the worker asks which agencies have a report that is due',
};

describe('given the schema as it is now', () => {
  test('when an index or key is looked at, then it begins with the agency, or is explained', async ({
    database,
  }) => {
    const keys = await asOwner<{ name: string; columns: (string | null)[]; is_unique: boolean }>(
      database.ownerUrl,
      KEYS,
    );
    const others = keys.filter(
      ({ name, columns }) =>
        !NOT_SPREAD.includes(name) &&
        columns[0] !== (name.startsWith('agency.') ? 'id' : 'agency_id'),
    );
    expect(keys.length).toBeGreaterThan(40);
    expect(others.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXPLAINED).toSorted());
  });

  test('when a row refers to another, then the two are of one agency', async ({ database }) => {
    const references = await asOwner<{ name: string; columns: string[] }>(
      database.ownerUrl,
      REFERENCES,
    );
    const across = references.filter(
      ({ columns: [first] }) => first !== 'agency_id -> agency_id' && first !== 'agency_id -> id',
    );
    expect(references.length).toBeGreaterThan(5);
    expect(across).toEqual([]);
    const exclusions = await asOwner<{ name: string; says: string }>(database.ownerUrl, EXCLUSIONS);
    expect(exclusions.filter(({ says }) => !/agency_id WITH =/.test(says))).toEqual([]);
  });

  test('when a table is looked at, then it has the agency as text, and it can never be nobody’s', async ({
    database,
  }) => {
    const tables = await asOwner<{ name: string }>(
      database.ownerUrl,
      `select c.relname as name from pg_class c
       where c.relnamespace = 'retainer'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and c.relname not in ('migration', 'agency') and not exists (
           select from pg_attribute a where a.attrelid = c.oid and a.attname = 'agency_id' and a.attnum = 1
             and a.attnotnull and a.atttypid = 'text'::regtype)`,
    );
    expect(tables).toEqual([]);
  });
});
