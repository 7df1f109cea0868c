import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { AGENCY_ID } from './load-facts.ts';
import { startProgress } from './progress.ts';

/** The raw facts by table: what is taken of each, its type in DuckDB, and in what order it is stored. */
const FACTS = {
  observation: {
    order: '"at"',
    columns: {
      series_id: 'bigint',
      at: 'timestamp',
      client_id: 'varchar',
      local_date: 'date',
      value: 'bigint',
    },
  },
  series: {
    order: 'id',
    columns: {
      id: 'bigint',
      client_id: 'varchar',
      level: 'varchar',
      subject: 'varchar',
      platform: 'varchar',
      metric: 'varchar',
      kind: 'varchar',
    },
  },
  metric_role: {
    order: 'client_id',
    columns: {
      client_id: 'varchar',
      platform: 'varchar',
      level: 'varchar',
      metric: 'varchar',
      kind: 'varchar',
      columns: 'varchar',
    },
  },
  post: {
    order: 'post_id',
    columns: {
      client_id: 'varchar',
      post_id: 'varchar',
      content_type: 'varchar',
      campaign_id: 'varchar',
      created_at: 'timestamp',
    },
  },
  campaign: {
    order: 'starts_on',
    columns: { client_id: 'varchar', id: 'varchar', starts_on: 'date', ends_on: 'date' },
  },
  placement: {
    order: 'published_at',
    columns: {
      client_id: 'varchar',
      post_id: 'varchar',
      platform: 'varchar',
      published_at: 'timestamp',
    },
  },
  time_entry: {
    order: 'coalesce(local_date, started_at::date)',
    columns: {
      client_id: 'varchar',
      campaign_id: 'varchar',
      role: 'varchar',
      started_at: 'timestamp',
      ended_at: 'timestamp',
      local_date: 'date',
      seconds: 'bigint',
      platform: 'varchar',
      content_type: 'varchar',
    },
  },
  rate: {
    order: 'from_date',
    columns: {
      level: 'varchar',
      role: 'varchar',
      client_id: 'varchar',
      from_date: 'date',
      rate_minor: 'bigint',
    },
  },
  client_cost: {
    order: 'from_date',
    columns: {
      client_id: 'varchar',
      campaign_id: 'varchar',
      platform: 'varchar',
      from_date: 'date',
      to_date: 'date',
      amount_minor: 'bigint',
    },
  },
  tool_cost: {
    order: 'id',
    columns: {
      id: 'varchar',
      client_id: 'varchar',
      allocation: 'varchar',
      amount_minor: 'bigint',
      starts_on: 'date',
      ends_on: 'date',
      every_months: 'integer',
    },
  },
  conversion: {
    order: 'local_date',
    columns: {
      client_id: 'varchar',
      kind: 'varchar',
      local_date: 'date',
      count: 'bigint',
      amount_minor: 'bigint',
      campaign_id: 'varchar',
      platform: 'varchar',
      post_id: 'varchar',
      content_type: 'varchar',
    },
  },
  client: { order: 'id', columns: { id: 'varchar' } },
} as const;

/**
 * A DuckDB file with the same raw facts, made once and kept. Each table is stored in the order in which its facts
 * would have come in, from all clients: by time.
 */
export async function openDuckdb(
  databaseUrl: string,
  folder: string,
): Promise<{ readonly instance: DuckDBInstance; readonly file: string }> {
  const file = join(folder, `facts-${Object.keys(FACTS).length}.duckdb`);
  if (!existsSync(file)) await copyFacts(databaseUrl, { folder, file });
  return { instance: await DuckDBInstance.create(file), file };
}

async function copyFacts(
  databaseUrl: string,
  { folder, file }: { readonly folder: string; readonly file: string },
): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await rm(unfinished, { force: true });
  const tables = Object.entries(FACTS);
  const progress = startProgress('copying the facts to DuckDB', tables.length);
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  const instance = await DuckDBInstance.create(unfinished);
  const duck = await instance.connect();
  for (const [table, { columns, order }] of tables) {
    const csv = join(folder, `${table}.csv`);
    const names = Object.entries(columns).map(([name, type]) =>
      type === 'timestamp' ? `${name} at time zone 'UTC'` : name,
    );
    const from = owner.query(
      copyTo(
        `copy (select ${names.join(', ')} from retainer.${table} where agency_id = '${AGENCY_ID}') to stdout (format csv)`,
      ),
    );
    await pipeline(from, createWriteStream(csv));
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
    await duck.run(
      `create table ${table} as select * from read_csv('${csv}', header = false, columns = {${types.join(', ')}})
       order by ${order}`,
    );
    await rm(csv);
    progress.advance();
  }
  progress.end();
  duck.closeSync();
  instance.closeSync();
  await owner.end();
  await rename(unfinished, file);
}
