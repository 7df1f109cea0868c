import { randomUUID } from 'node:crypto';

import type { SqlSession } from '../../db/sql-session.ts';
import { dayOf, momentOf, type Picks } from './picks.ts';

/** Somebody writes, corrects or deletes a fact, without a word to the rollups. */
export type Operation = (
  sql: SqlSession,
  picks: Picks,
  clients: readonly [string, ...string[]],
) => Promise<void>;

export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
export const PLATFORMS = ['x', 'linkedin', 'tiktok'] as const;
export const CAMPAIGNS = ['spring', 'brand'] as const;
export const CONTENT_TYPES = ['reel', 'text'] as const;
const PEOPLE = ['ada', 'bob', 'automation'] as const;
const ROLES = ['designer', 'writer'] as const;
const OWN = `agency_id = current_setting('retainer.agency')`;

/** Changes some row that meets a condition, or none where there is none. */
export async function changeSome(
  sql: SqlSession,
  picks: Picks,
  of: {
    readonly table: string;
    readonly key?: string;
    readonly set: string;
    readonly where?: string;
  },
  values: readonly unknown[] = [],
): Promise<void> {
  const { table, key = 'id', set, where = 'true' } = of;
  const rows = await sql.query<{ key: string }>(
    `select ${key}::text as key from retainer.${table} where ${OWN} and ${where} order by created_at, 1`,
    [],
  );
  const one = rows[picks.int(Math.max(rows.length, 1))];
  if (!one) return;
  const text =
    set === 'delete'
      ? `delete from retainer.${table} where ${OWN} and ${key}::text = $1`
      : `update retainer.${table} set ${set} where ${OWN} and ${key}::text = $1`;
  await sql.query(text, [one.key, ...values]);
}

const trackSpan: Operation = async (sql, picks, clients) => {
  const start = Date.parse(momentOf(picks));
  const minutes = picks.of([0, 1, 25, 90, 300, 900, 1700]);
  await insertEntry(sql, picks, {
    clientId: picks.of(clients),
    startedAt: new Date(start).toISOString(),
    endedAt: picks.maybe(95, new Date(start + minutes * 60_000 + picks.int(60_000)).toISOString()),
    localDate: null,
    seconds: null,
  });
};

const trackDay: Operation = async (sql, picks, clients) => {
  await insertEntry(sql, picks, {
    clientId: picks.of(clients),
    startedAt: null,
    endedAt: null,
    localDate: dayOf(picks),
    seconds: picks.of([0, 1, 60, 1234, 3600, 7199]),
  });
};

async function insertEntry(
  sql: SqlSession,
  picks: Picks,
  when: {
    readonly clientId: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly localDate: string | null;
    readonly seconds: number | null;
  },
): Promise<void> {
  const rate = picks.maybe(15, picks.of([0, 100, 333, 9999]));
  const isRunning = when.startedAt !== null && when.endedAt === null;
  await sql.query(
    `insert into retainer.time_entry (agency_id, id, client_id, campaign_id, person, role, started_at, ended_at,
       local_date, seconds, billable, source, rate_minor, currency, platform, content_type, baseline_seconds, created_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'manual', $11, $12, $13, $14,
       $15, clock_timestamp()) on conflict do nothing`,
    [
      randomUUID(),
      when.clientId,
      picks.maybe(40, picks.of(CAMPAIGNS)),
      isRunning ? `runner-${picks.int(3)}` : picks.of(PEOPLE),
      picks.maybe(50, picks.of(ROLES)),
      when.startedAt,
      when.endedAt,
      when.localDate,
      when.seconds,
      picks.int(4) > 0,
      rate,
      rate === null ? null : picks.of(CURRENCIES),
      picks.maybe(30, picks.of(PLATFORMS)),
      picks.maybe(30, picks.of(CONTENT_TYPES)),
      picks.maybe(20, picks.of([0, 600, 5000])),
    ],
  );
}

const editEntry: Operation = async (sql, picks, clients) => {
  const set = picks.of<readonly [string, ...unknown[]]>([
    ['deleted_at = clock_timestamp(), edited_at = clock_timestamp()'],
    ['deleted_at = null'],
    ['billable = not billable, edited_at = clock_timestamp()'],
    ['campaign_id = $2, edited_at = clock_timestamp()', picks.maybe(60, picks.of(CAMPAIGNS))],
    ['client_id = $2, edited_at = clock_timestamp()', picks.of(clients)],
    ['person = $2, edited_at = clock_timestamp()', picks.of(PEOPLE)],
    [
      `started_at = started_at + $2::interval, ended_at = ended_at + $2::interval, local_date = local_date + 1,
       edited_at = clock_timestamp()`,
      `${picks.int(2000)} minutes`,
    ],
    [
      `ended_at = greatest(started_at, ended_at - interval '50 minutes'), seconds = seconds / 2,
       edited_at = clock_timestamp()`,
    ],
    ['delete'],
  ]);
  // Nobody can move an estimate or make it vanish: its post would not hear of that.
  const isForAll = set[0] !== 'delete' && !set[0].startsWith('client_id');
  const where = isForAll ? 'true' : `source <> 'estimated'`;
  await changeSome(sql, picks, { table: 'time_entry', set: set[0], where }, set.slice(1));
};

const setRate: Operation = async (sql, picks, clients) => {
  const level = picks.of([
    'agency',
    'agency',
    'role',
    'person',
    'client',
    'person_client',
    'campaign',
    'person_campaign',
  ]);
  const has = (...levels: readonly string[]): boolean => levels.includes(level);
  await sql.query(
    `insert into retainer.rate (agency_id, id, level, person, role, client_id, campaign_id, from_date, rate_minor,
       currency, created_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())
     on conflict (agency_id, level, person, role, client_id, campaign_id, from_date)
       do update set rate_minor = excluded.rate_minor, currency = excluded.currency`,
    [
      randomUUID(),
      level,
      has('person', 'person_client', 'person_campaign') ? picks.of(PEOPLE) : '',
      has('role') ? picks.of(ROLES) : '',
      has('client', 'person_client', 'campaign', 'person_campaign') ? picks.of(clients) : '',
      has('campaign', 'person_campaign') ? picks.of(CAMPAIGNS) : '',
      picks.of(['0001-01-01', dayOf(picks)]),
      picks.of([null, 0, 1, 2999, 5000, 7777, 10_000]),
      picks.of(CURRENCIES),
    ],
  );
};

const editRate: Operation = (sql, picks) => {
  const [set, ...values] = picks.of<readonly [string, ...unknown[]]>([
    ['delete'],
    ['from_date = $2', dayOf(picks)],
    ['rate_minor = $2', picks.maybe(80, picks.int(9000))],
  ]);
  // Two rates of one key may not begin on one day.
  const alone = `not exists (select from retainer.rate o where o.agency_id = rate.agency_id and o.level = rate.level
    and o.person = rate.person and o.role = rate.role and o.client_id = rate.client_id
    and o.campaign_id = rate.campaign_id and o.id <> rate.id)`;
  return changeSome(sql, picks, { table: 'rate', set, where: alone }, values);
};

const spend: Operation = async (sql, picks, clients) => {
  const from = dayOf(picks);
  await sql.query(
    `insert into retainer.client_cost (agency_id, id, client_id, kind, campaign_id, platform, from_date, to_date,
       amount_minor, currency, created_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $6::date + $7::int, $8, $9, clock_timestamp())`,
    [
      randomUUID(),
      picks.of(clients),
      picks.of(['ad_spend', 'other']),
      picks.maybe(50, picks.of(CAMPAIGNS)),
      picks.maybe(50, picks.of(PLATFORMS)),
      from,
      picks.of([0, 0, 1, 6, 25]),
      picks.of([0, 1, -1, 5, 1000, -999, 123_457]),
      picks.of(CURRENCIES),
    ],
  );
};

const editSpending: Operation = (sql, picks, clients) => {
  const [set, ...values] = picks.of<readonly [string, ...unknown[]]>([
    ['deleted_at = clock_timestamp()'],
    ['deleted_at = null'],
    ['amount_minor = $2', picks.int(100_000) - 50_000],
    ['from_date = from_date - 3'],
    ['to_date = from_date + $2::int', picks.int(20)],
    ['client_id = $2', picks.of(clients)],
    ['currency = $2', picks.of(CURRENCIES)],
    ['kind = $2', picks.of(['ad_spend', 'other'])],
    ['delete'],
  ]);
  return changeSome(sql, picks, { table: 'client_cost', set }, values);
};

const payTool: Operation = async (sql, picks, clients) => {
  const clientId = picks.maybe(25, picks.of(clients));
  const allocation =
    clientId === null
      ? picks.of(['equal', 'active_days', 'posts', 'seconds', 'seconds', 'custom'])
      : 'equal';
  const [endsIn, everyMonths] = picks.of<readonly [number | null, number | null]>([
    [0, null],
    [13, null],
    [40, null],
    [null, 1],
    [35, 1],
    [null, 3],
  ]);
  const weights = clients.map((id) => [id, picks.of(['0', '1', '2.5', '0.75'])]);
  await sql.query(
    `insert into retainer.tool_cost (agency_id, id, client_id, name, allocation, weights, amount_minor, currency,
       starts_on, ends_on, every_months, created_at)
     values (current_setting('retainer.agency'), $1, $2, 'tool', $3, $4, $5, $6, $7, $7::date + $8::int, $9,
       clock_timestamp())`,
    [
      randomUUID(),
      clientId,
      allocation,
      allocation === 'custom' ? JSON.stringify(Object.fromEntries(weights)) : null,
      picks.of([0, 1, 2, 1000, -1001, 24_900]),
      picks.of(CURRENCIES),
      dayOf(picks),
      endsIn,
      everyMonths,
    ],
  );
};

const editTool: Operation = (sql, picks) => {
  const [set, ...values] = picks.of<readonly [string, ...unknown[]]>([
    ['deleted_at = clock_timestamp()'],
    ['deleted_at = null'],
    ['amount_minor = $2', picks.int(10_000)],
    ['starts_on = starts_on - $2::int', picks.int(30)],
    ['ends_on = starts_on + $2::int', picks.int(60)],
    ['allocation = $2, weights = null, client_id = null', picks.of(['equal', 'seconds', 'posts'])],
    ['delete'],
  ]);
  return changeSome(sql, picks, { table: 'tool_cost', set }, values);
};

/** What happens to costs, and how often beside each other. */
export const COST_OPERATIONS = {
  trackSpan,
  trackDay,
  editEntry,
  setRate,
  editRate,
  spend,
  editSpending,
  payTool,
  editTool,
} satisfies Record<string, Operation>;
