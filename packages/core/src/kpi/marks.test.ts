import type { PoolClient } from 'pg';
import { describe, expect } from 'vitest';

import { sqlSession, type SqlSession } from '../db/sql-session.ts';
import { createContext, inTransaction, type ServiceContext } from '../kernel/context.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { openStage } from '../rollups/testing/open-stage.ts';
import { picksFrom } from '../rollups/testing/picks.ts';
import { CLIENTS } from '../rollups/testing/stage.ts';
import { test, type TestDatabase } from '../testing/index.ts';
import { readMarks, type Marks } from './mark.queries.ts';
import { ASKS, KEPT_ANSWERS } from './testing/kept-answers.ts';
import { WRITES } from './testing/two-processes.ts';

const NOW = new Date('2026-04-08T09:00:00Z');
const OWN = `agency_id = current_setting('retainer.agency')`;
const touch = (table: string, column: string): string =>
  `update retainer.${table} set ${column} = ${column} where ${OWN}`;
const one = (table: string, column: string): string =>
  `${column} = (select ${column} from retainer.${table} where ${OWN} order by ${column} limit 1)`;
const gone = (table: string, column: string): string =>
  `delete from retainer.${table} where ${OWN} and ${one(table, column)}`;

/** By which changes of it alone a table moves the mark of an answer. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  agency: [`update retainer.agency set name = name where id = current_setting('retainer.agency')`],
  client: [touch('client', 'name')],
  tier: [touch('tier', 'name')],
  tier_version: [
    `insert into retainer.tier_version
     select distinct on (tier_id) agency_id, tier_id, version + 1, currency, monthly_minor, annual_minor, features, limits, count_by,
       enforcement, published_at
     from retainer.tier_version where ${OWN} order by tier_id, version desc limit 1`,
  ],
  campaign: [touch('campaign', 'name'), gone('campaign', 'id')],
  exchange_rate: [touch('exchange_rate', 'rate')],
  annotation: [touch('annotation', 'title'), gone('annotation', 'id')],
  target: [touch('target', 'value'), gone('target', 'metric')],
  budget: [touch('budget', 'changed_at'), gone('budget', 'month')],
  usage_counter: [`update retainer.usage_counter set revision = revision + 1 where ${OWN}`],
  hold: [touch('hold', 'status'), `delete from retainer.hold where ${OWN} and status = 'denied'`],
  post: [
    `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, media_ids, flags, created_at)
     values (current_setting('retainer.agency'), 'a', 'new', 'draft', now(), '[]', '[]', '[]', '2026-04-08T08:00:00Z')`,
    `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, media_ids, flags, created_at)
     values (current_setting('retainer.agency'), 'a', 'late', 'draft', now(), '[]', '[]', '[]', '2026-03-08T08:00:00Z')`,
    `update retainer.post set created_at = created_at - interval '3 days' where ${OWN}`,
    `update retainer.post set campaign_id = 'another' where ${OWN}`,
    gone('post', 'post_id'),
  ],
  placement: [
    `update retainer.placement set published_at = published_at - interval '1 day' where ${OWN}`,
    gone('placement', 'post_id'),
  ],
  observation: [touch('observation', 'value')],
  series: [
    `insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind)
     values (current_setting('retainer.agency'), 'a', 'account', 'new', 'x', 'reach', 'daily')`,
  ],
  tool_cost: [`update retainer.tool_cost set amount_minor = amount_minor + 9000 where ${OWN}`],
  leaf: [
    `insert into retainer.leaf (agency_id, client_id, kind, fact_id, from_date, to_date, agency_minor, client_minor)
     values (current_setting('retainer.agency'), 'a', 'tool', 'new', '2026-03-30', '2026-04-02', 100, 100)`,
    `update retainer.leaf set agency_minor = 7 where ${OWN} and kind = 'tool'`,
    `delete from retainer.leaf where ${OWN} and kind = 'tool'`,
  ],
};

/** What nobody writes alone, and what is written with it in the same transaction. */
const TOGETHER: Readonly<Record<string, string>> = {
  rollup_day: 'a refresh raises value_state.version',
  rollup_month: 'a refresh raises value_state.version',
  value_state: 'the version is the mark',
  dirty: 'as long as it holds anything nothing is settled',
  tool_month: 'the version is the mark',
  fact_rate: 'a rate that is kept is the one that was used before',
  client_calendar: 'whatever changes promises raises client.version',
  assignment: 'whatever changes promises raises client.version',
  blocking_state: 'whatever changes promises raises client.version',
  limit_override: 'whatever changes promises raises client.version',
  usage_ledger: 'a row of it is a change of a counter',
};

describe('given an agency with something of everything', () => {
  test('when its answers are made, then they read no table whose changes do not move the mark', async ({
    database,
  }) => {
    const { agencyId } = await playOn(database);
    const read = await tablesRead(database, async () => {
      for (const answer of Object.values(KEPT_ANSWERS)) {
        // oxlint-disable-next-line no-await-in-loop
        for (const ask of ASKS) await answer(contextOf(database, agencyId), ask);
      }
    });
    const marked = new Set([...Object.keys(CHANGES), ...Object.keys(TOGETHER)]);
    expect([...read].filter((table) => !marked.has(table))).toEqual([]);
    // Nothing is written down here that nobody reads: the growth of levels alone is read of few clients.
    expect([...marked].filter((table) => !read.has(table))).toEqual(['usage_ledger']);
  });

  test('when anything that they read is changed, added or taken away, then the mark is another', async ({
    database,
  }) => {
    const { agencyId } = await playOn(database);
    const all = Object.values(CHANGES).flat();
    for (const change of all) {
      /* oxlint-disable no-await-in-loop -- in this order */
      const ctx = contextOf(database, agencyId);
      const before = await marks(ctx);
      expect(before.isSettled).toBe(true);
      const rows = await inTransaction(contextOf(database, agencyId), (em) =>
        sqlSession(em).query(`${change} returning 1`, []),
      );
      expect([change, rows.length > 0]).toEqual([change, true]);
      const after = await marks(contextOf(database, agencyId));
      expect([change, after.isSettled && after.whole === before.whole]).toEqual([change, false]);
      await refreshAgency(contextOf(database, agencyId));
      const counted = await marks(contextOf(database, agencyId));
      expect([change, counted.whole === before.whole]).toEqual([change, false]);
      /* oxlint-enable no-await-in-loop */
    }
  });
});

async function playOn(database: TestDatabase): Promise<{ readonly agencyId: string }> {
  const { agencyId } = await openStage(database);
  for (let round = 1; round <= 3; round += 1) {
    for (const [index, [name, operation]] of Object.entries(WRITES).entries()) {
      if (name.startsWith('drop') || name.startsWith('delete')) continue;
      const choices = Array.from({ length: 24 }, (_, at) => (index + round) * 37 + at * 11 * round);
      // oxlint-disable-next-line no-await-in-loop
      await inTransaction(contextOf(database, agencyId), (em) =>
        operation(sqlSession(em), picksFrom(choices), CLIENTS),
      );
    }
  }
  await refreshAgency(contextOf(database, agencyId), '2026-05-31');
  return { agencyId };
}

function contextOf({ orm, readPool }: TestDatabase, agencyId: string): ServiceContext {
  const actor = { kind: 'agency', id: agencyId } as const;
  return createContext({ orm, readPool, agencyId, actor, now: () => NOW });
}

function marks(ctx: ServiceContext, now = NOW): Promise<Marks> {
  const asked = { now: now.getTime(), months: ['2026-02-01', '2026-03-01', '2026-04-01'] };
  const read = (sql: SqlSession): Promise<Marks> => readMarks(sql, asked);
  return inTransaction(ctx, (em) => read(sqlSession(em)), { readOnly: true });
}

const COMES = `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, media_ids, flags, created_at)
  values (current_setting('retainer.agency'), 'a', $1, 'draft', now(), '[]', '[]', '[]', now() - $2 * interval '1 hour')`;

describe('given an agency that is looked at by the real clock', () => {
  test('when a post comes into being, then the mark is another though nothing is queued', async ({
    database,
  }) => {
    const { agencyId } = await openStage(database);
    const ctx = contextOf(database, agencyId);
    await refreshAgency(ctx);
    const seen = async (postId: string, hoursAgo: number): Promise<Marks> => {
      await inTransaction(contextOf(database, agencyId), (em) =>
        sqlSession(em).query(COMES, [postId, hoursAgo]),
      );
      return marks(contextOf(database, agencyId), new Date());
    };
    const first = await marks(ctx, new Date());
    const second = await seen('now', 0);
    const third = await seen('an hour ago', 1);
    expect([first, second, third].map(({ isSettled }) => isSettled)).toEqual([true, true, true]);
    expect(new Set([first, second, third].map(({ whole }) => whole)).size).toBe(3);
    // One that is told to have come before anybody looks at is a fact as any other.
    expect((await seen('long ago', 13)).isSettled).toBe(false);
  });
});

/** The tables that statements on the read pool name while something is done. */
async function tablesRead(
  { readPool }: Pick<TestDatabase, 'readPool'>,
  work: () => Promise<void>,
): Promise<ReadonlySet<string>> {
  const tables = new Set<string>();
  const heard = (client: PoolClient): void => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const recording = (...args: unknown[]): unknown => {
      for (const [, table = ''] of JSON.stringify(args[0]).matchAll(/retainer\.(\w+)\b(?!\()/gu)) {
        tables.add(table);
      }
      return query(...args);
    };
    Object.assign(client, { query: recording });
  };
  readPool.on('acquire', heard);
  try {
    await work();
  } finally {
    readPool.off('acquire', heard);
  }
  return tables;
}
