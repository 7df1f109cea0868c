import { asOwner } from '@retainer/core/testing';

/** Says of every table how much is in it, and a digest of that. */
export type Contents = Readonly<Record<string, string>>;

/** Reads what is in the tables; of some agencies' rows alone when they are named. */
export type ReadContents = (agencies?: readonly string[]) => Promise<Contents>;

/**
 * A reader of a database's contents that reads again only when something was written since. Each statement that writes
 * is counted by a sequence, which counts what is rolled back too.
 */
export async function watchContents(ownerUrl: string): Promise<ReadContents> {
  const tables = await asOwner<Table>(ownerUrl, TABLES);
  await asOwner(
    ownerUrl,
    [COUNTER, ...tables.filter(({ isNamed }) => isNamed).map(counted)].join(';'),
  );
  const names = tables.filter(({ isStored }) => isStored).map(({ name }) => name);
  const known = new Map<string, { readonly writes: string | null; readonly contents: Contents }>();
  return async (agencies) => {
    const whose = JSON.stringify(agencies ?? null);
    const before = known.get(whose);
    const [{ writes } = { writes: null }] = await asOwner<Writes>(ownerUrl, WRITES);
    if (writes !== null && before?.writes === writes) return before.contents;
    const rows = await asOwner<Content>(ownerUrl, digests(names, agencies));
    const contents = Object.fromEntries(
      rows.map(({ name, size, digest }) => [name, `${size} ${digest}`]),
    );
    known.set(whose, { writes, contents });
    return contents;
  };
}

function digests(names: readonly string[], agencies: readonly string[] | undefined): string {
  const ids = agencies?.map((id) => `'${id}'`).join(', ');
  const parts = names.map((name) => {
    const owner = name === 'agency' ? 'id' : 'agency_id';
    const where = ids === undefined ? '' : `where ${owner} in (${ids})`;
    return `select '${name}' as name, count(*) as size,
      md5(string_agg(t::text, ',' order by t::text)) as digest from retainer.${name} t ${where}`;
  });
  return parts.join(' union all ');
}

interface Table {
  readonly name: string;
  /** Whether rows lie in it itself. */
  readonly isStored: boolean;
  /** Whether statements name it; those name the whole, not its partitions. */
  readonly isNamed: boolean;
}

interface Writes {
  /** How many statements there were; unknown while one of them is not committed. */
  readonly writes: string | null;
}

interface Content {
  readonly name: string;
  readonly size: string;
  readonly digest: string | null;
}

const TABLES = `select relname as name, relkind = 'r' as "isStored", not relispartition as "isNamed"
  from pg_class where relnamespace = 'retainer'::regnamespace and relkind in ('r', 'p')
    and relname <> 'migration'`;

const COUNTER = `create schema watch; create sequence watch.writes;
  create function watch.count_write() returns trigger language plpgsql security definer as
    $$ begin perform nextval('watch.writes'); return null; end $$`;

const WRITES = `select case when exists (select from pg_stat_activity
      where datname = current_database() and backend_xid is not null)
    then null else concat(is_called, last_value) end as writes from watch.writes`;

function counted({ name }: Table): string {
  return `create trigger count_write after insert or update or delete or truncate on retainer.${name}
    for each statement execute function watch.count_write()`;
}
