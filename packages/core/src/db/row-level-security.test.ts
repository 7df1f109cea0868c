import { describe, expect } from 'vitest';

import { asOwner, cloneDatabase, silentLog, test as base } from '../testing/index.ts';
import { openDatabase } from './connect.ts';

const TABLES = `select c.relname as name, c.relkind as kind, c.relrowsecurity as secured,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid
       and p.polqual is not null and p.polwithcheck is not null and p.polpermissive) as policies
  from pg_class c where c.relnamespace = 'retainer'::regnamespace and c.relkind not in ('i', 'I', 'S')
  order by 1`;

/** The list of migrations belongs to no agency. */
const SHARED = ['migration'];

/** Functions that see behind the policies, and what they may say of what they saw. */
const SEE_ALL: Readonly<Record<string, string>> = {
  agencies_with_dirty: 'SETOF text',
  agencies_with_due_holds: 'SETOF text',
  agencies_with_recurring_posts: 'SETOF text',
  agencies_with_report_work: 'SETOF text',
  agency_ids: 'SETOF text',
  api_key_agency: 'SETOF text',
  drop_expired_exports: 'bigint',
  ensure_ledger_partitions: 'integer',
};

interface Table {
  readonly name: string;
  readonly kind: string;
  readonly secured: boolean;
  readonly policies: number;
}

/**
 * Every table with one row of `acme` and one of `rival` and nothing else in it: whatever would refuse such rows is
 * taken away, so that a new table needs no fixture. The policies are all that is left.
 */
const test = base.extend('bare', { scope: 'file' }, async ({}, { onCleanup }) => {
  const ownerUrl = await cloneDatabase();
  await asOwner(ownerUrl, BARE);
  const database = await openDatabase({ url: ownerUrl, log: silentLog });
  onCleanup(() => database.close());
  const tables = await asOwner<Table>(ownerUrl, TABLES);
  return { ownerUrl, pool: database.gatePool, tables };
});

const BARE = `do $$
  declare t record; piece record;
  begin
    for t in select i.inhparent::regclass as parent, i.inhrelid::regclass as part from pg_inherits i
      join pg_class p on p.oid = i.inhparent and p.relkind = 'p' and p.relnamespace = 'retainer'::regnamespace
    loop execute format('alter table %s detach partition %s', t.parent, t.part); end loop;
    drop table retainer.usage_ledger;
    for t in select c.oid::regclass as name, c.oid, c.relname = 'agency' as is_agency from pg_class c
      where c.relnamespace = 'retainer'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
    loop
      execute format('alter table %s disable trigger user', t.name);
      for piece in select conname from pg_constraint where conrelid = t.oid and contype <> 'n'
      loop execute format('alter table %s drop constraint if exists %I cascade', t.name, piece.conname); end loop;
      for piece in select attname from pg_attribute
        where attrelid = t.oid and attnum > 0 and attnotnull and attidentity = '' and not attisdropped
      loop execute format('alter table %s alter column %I drop not null', t.name, piece.attname); end loop;
      execute format('insert into %s (%I) values (''acme''), (''rival'')', t.name,
        case when t.is_agency then 'id' else 'agency_id' end);
    end loop;
  end $$`;

const DENIED = '42501';

describe('given every table of the service', () => {
  test('when it holds an agency’s rows, then row-level security and one policy guard it', async ({
    database,
  }) => {
    const tables = await asOwner<Table>(database.ownerUrl, TABLES);
    const open = tables.filter(({ secured, policies }) => !secured || policies !== 1);
    expect(tables.length).toBeGreaterThan(10);
    expect(open.map(({ name }) => name)).toEqual(SHARED);
  });

  test('when something else than a table could show rows, then there is none', async ({
    database,
  }) => {
    // A view would show them with its owner's rights.
    const tables = await asOwner<Table>(database.ownerUrl, TABLES);
    expect(tables.filter(({ kind }) => !['r', 'p'].includes(kind))).toEqual([]);
    const functions = await asOwner<{ name: string; answers: string; bounded: boolean }>(
      database.ownerUrl,
      `select proname as name, pg_get_function_result(oid) as answers,
         coalesce('search_path=pg_catalog' = any(proconfig), false) as bounded
       from pg_proc where pronamespace = 'retainer'::regnamespace and prosecdef order by 1`,
    );
    expect(Object.fromEntries(functions.map(({ name, answers }) => [name, answers]))).toEqual(
      SEE_ALL,
    );
    expect(functions.filter(({ bounded }) => !bounded)).toEqual([]);
  });

  test('when no agency is set, then the service sees nothing', async ({ bare }) => {
    for (const name of ours(bare.tables)) {
      // oxlint-disable-next-line no-await-in-loop -- to name the table that fails
      const { rows } = await bare.pool.query(`select 1 from retainer.${name} limit 1`);
      expect([name, rows]).toEqual([name, []]);
    }
  });

  test('when an agency is set and no statement names one, then there are its own rows alone, and no way to another’s', async ({
    bare,
  }) => {
    const client = await bare.pool.connect();
    const attempt = async (sql: string): Promise<unknown> => {
      await client.query('savepoint attempt');
      const answer = await client.query<{ whose: string }>(sql).then(
        ({ rows, rowCount }) => (rows.length > 0 ? rows.map(({ whose }) => whose) : rowCount),
        (error: unknown) =>
          error instanceof Error && 'code' in error ? String(error.code) : String(error),
      );
      await client.query('rollback to attempt');
      return answer;
    };
    try {
      await client.query('begin');
      await client.query("select set_config('retainer.agency', 'acme', true)");
      for (const name of ours(bare.tables)) {
        const [table, whose] = [`retainer.${name}`, name === 'agency' ? 'id' : 'agency_id'];
        /* oxlint-disable no-await-in-loop -- to name the table that fails */
        const found = {
          name,
          read: await attempt(`select ${whose} as whose from ${table}`),
          touched: await attempt(`update ${table} set ${whose} = ${whose}`),
          given: await attempt(`update ${table} set ${whose} = 'rival'`),
          planted: await attempt(`insert into ${table} (${whose}) values ('rival')`),
          removed: await attempt(`delete from ${table}`),
          emptied: await attempt(`truncate ${table}`),
        };
        /* oxlint-enable no-await-in-loop */
        const own = isHistory(name) ? DENIED : 1;
        expect(found).toEqual({
          name,
          read: ['acme'],
          touched: own,
          given: DENIED,
          planted: DENIED,
          removed: own,
          emptied: DENIED,
        });
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
    // The rival's rows are still there for its owner: the policies hid them, nothing else.
    const [rival] = await asOwner<{ n: number }>(
      bare.ownerUrl,
      `select (${ours(bare.tables)
        .map((name) => `(select count(*)::int from retainer.${name})`)
        .join(' + ')}) as n`,
    );
    expect(rival?.n).toBe(2 * ours(bare.tables).length);
  });

  test('when a connection belongs to the service or to its jobs, then neither reads what is the other’s', async ({
    database,
  }) => {
    const open = await asOwner<{ role: string; schema: string; usage: boolean }>(
      database.ownerUrl,
      `select role, schema, has_schema_privilege(role, schema, 'usage') as usage
       from unnest(array['retainer_service', 'retainer_jobs']) role, unnest(array['retainer', 'retainer_jobs']) schema`,
    );
    expect(open.filter(({ usage }) => usage).map(({ role, schema }) => [role, schema])).toEqual([
      ['retainer_service', 'retainer'],
      ['retainer_jobs', 'retainer_jobs'],
    ]);
  });
});

function ours(tables: readonly Table[]): string[] {
  return tables.map(({ name }) => name).filter((name) => !SHARED.includes(name));
}

/** The service adds to the history and never changes it. */
function isHistory(name: string): boolean {
  return name === 'audit_log' || name.startsWith('usage_ledger');
}
