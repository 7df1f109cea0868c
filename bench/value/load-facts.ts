import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { createContext, upsertAgency, upsertClient, type Database } from '@retainer/core';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { clientIdOf, CURRENCY, WRITTEN_AT } from './client-seed.ts';
import { generateClient } from './generate-client.ts';
import { startProgress } from './progress.ts';
import { createRandom } from './random.ts';
import { DAYS, dateOf } from './span.ts';
import { noFacts, TABLES, type Facts, type Table } from './tables.ts';

/** The one agency of the bench. */
export const AGENCY_ID = 'bench';

/** What is to be made, and where. */
export interface Making {
  readonly url: string;
  readonly database: Database;
  readonly seed: number;
  readonly clients: number;
}

const LOADERS = 2;

/**
 * Registers the agency and its clients as a host does, then copies their facts in. The triggers that queue what
 * changed stay out of it: everything is queued afterwards, all at once.
 */
export async function loadFacts(making: Making): Promise<void> {
  await register(making);
  const progress = startProgress('making facts', making.clients);
  const waiting = Array.from({ length: making.clients }, (_, index) => index);
  await Promise.all(
    Array.from({ length: LOADERS }, () =>
      asLoader(making.url, async (client) => {
        for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
          await copyAll(client, generateClient(making.seed, index));
          progress.advance();
        }
      }),
    ),
  );
  progress.end();
}

/** What the agency pays for all clients together, in shares that depend on what they did. */
export async function loadSharedTools({ url, seed, clients }: Making): Promise<void> {
  const random = createRandom(seed, clients);
  const facts = noFacts();
  for (const [name, allocation, minor] of [
    ['Publishing', 'equal', 1_250],
    ['Analytics', 'posts', 830],
    ['Design', 'seconds', 999],
  ] as const) {
    facts.tool_cost.push([
      ...[random.uuid(), null, name, allocation, minor * clients + 7, CURRENCY],
      ...[dateOf(0), dateOf(DAYS - 1), 1, WRITTEN_AT],
    ]);
  }
  await asLoader(url, (client) => copyAll(client, facts));
}

async function register({ url, database, seed, clients }: Making): Promise<void> {
  const progress = startProgress('registering clients', clients);
  const context = () =>
    createContext({
      orm: database.orm,
      agencyId: AGENCY_ID,
      actor: { kind: 'system', id: 'bench' },
      now: () => new Date(WRITTEN_AT),
    });
  await upsertAgency(context(), {
    name: 'Bench',
    timeZone: 'UTC',
    currency: CURRENCY,
    hourlyRate: { amount: '75.00', currency: CURRENCY },
    conversionValue: { amount: '20.00', currency: CURRENCY },
  });
  for (let index = 0; index < clients; index += 1) {
    const id = clientIdOf(index);
    await upsertClient(context(), { clientWorkspaceId: id, name: `Client ${index}` });
    progress.advance();
  }
  progress.end();
  const random = createRandom(seed, clients + 1);
  const facts = noFacts();
  for (const [role, minor] of [
    ['strategist', 9_500],
    ['designer', 8_000],
  ] as const) {
    for (const [from, more] of [
      [0, 0],
      [400, 550],
    ] as const) {
      facts.rate.push([
        ...[random.uuid(), 'role', role, '', dateOf(from), minor + more, CURRENCY, WRITTEN_AT],
      ]);
    }
  }
  await asLoader(url, async (client) => {
    await copyAll(client, facts);
    await client.query(BASELINE, [AGENCY_ID, dateOf(0), WRITTEN_AT]);
  });
}

const BASELINE = `
insert into retainer.time_saved_baseline (agency_id, content_type, from_date, version, baseline_seconds,
  actual_seconds, changed_at) values ($1, '', $2, 1, 5400, 1500, $3)`;

/** A connection of the owner on which no trigger runs. */
async function asLoader(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    await work(client);
  } finally {
    await client.end();
  }
}

async function copyAll(client: pg.Client, facts: Facts): Promise<void> {
  for (const table of Object.keys(TABLES)) {
    if (isTable(table) && facts[table].length > 0) await copyTable(client, table, facts[table]);
  }
}

async function copyTable(client: pg.Client, table: Table, rows: Facts[Table]): Promise<void> {
  const columns = ['agency_id', ...TABLES[table]].join(', ');
  const into = client.query(copyFrom(`copy retainer.${table} (${columns}) from stdin`));
  const lines = rows.map(
    (row) => `${[AGENCY_ID, ...row.map((cell) => cell ?? '\\N')].join('\t')}\n`,
  );
  await pipeline(Readable.from([lines.join('')]), into);
}

function isTable(name: string): name is Table {
  return name in TABLES;
}
