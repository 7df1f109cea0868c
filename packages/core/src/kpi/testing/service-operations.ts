import { randomUUID } from 'node:crypto';

import type { SqlSession } from '../../db/sql-session.ts';
import type { Operation } from '../../rollups/testing/cost-operations.ts';
import { daysAfter, type Picks } from '../../rollups/testing/picks.ts';

const OWN = `agency_id = current_setting('retainer.agency')`;
/** A Monday that the clients' weeks begin on, and what is told of it. */
const MONDAY = Date.parse('2026-04-06T00:00:00Z');

/** What the gate writes where a client takes something: a counter of its own days, and how often it was written. */
async function count(
  sql: SqlSession,
  of: {
    readonly clientId: string;
    readonly meter: string;
    readonly start: string;
    readonly end: string;
    readonly used: number;
  },
): Promise<void> {
  const { clientId, meter, start, end, used } = of;
  await sql.query(
    `insert into retainer.usage_counter (agency_id, client_id, meter, window_start, window_end, used, held, platforms)
     select c.agency_id, c.id, $2, $3::timestamp at time zone coalesce(c.time_zone, a.time_zone),
       $4::timestamp at time zone coalesce(c.time_zone, a.time_zone), $5, 0, $6
     from retainer.client c join retainer.agency a on a.id = c.agency_id where c.${OWN} and c.id = $1
     on conflict (agency_id, client_id, meter, window_start) do update
       set used = excluded.used, platforms = excluded.platforms, revision = usage_counter.revision + 1`,
    [clientId, meter, start, end, used, JSON.stringify([['x', used, 0]])],
  );
}

const useWeek: Operation = async (sql, picks, clients) => {
  const start = Date.parse(daysAfter(MONDAY, -7 * picks.of([0, 0, 1, 3])));
  await count(sql, {
    clientId: picks.of(clients),
    meter: 'posts',
    start: daysAfter(start, 0).slice(0, 10),
    end: daysAfter(start, 7).slice(0, 10),
    used: picks.int(30),
  });
};

const useMonth: Operation = async (sql, picks, clients) => {
  const [start, end] = picks.of([
    ['2026-03-01', '2026-04-01'],
    ['2026-04-01', '2026-05-01'],
  ]);
  const [clientId, meter, used] = [
    picks.of(clients),
    picks.of(['ai_generations', 'reports']),
    picks.int(200),
  ];
  await count(sql, { clientId, meter, start, end, used });
};

/** A level grows: its counter and the ledger's row come together. */
const useLevel: Operation = async (sql, picks, clients) => {
  const [clientId, meter, used] = [
    picks.of(clients),
    picks.of(['storage_bytes', 'library_items']),
    picks.of([5, 60, 99, 200]),
  ];
  await count(sql, { clientId, meter, start: '-infinity', end: 'infinity', used });
  await sql.query(
    `insert into retainer.usage_ledger (agency_id, client_id, series_id, occurrence, step, kind, meter, window_start, lines, at)
     values (current_setting('retainer.agency'), $1, $2, '', 1, 'commit', $3, '-infinity', $4, $5)`,
    [
      clientId,
      randomUUID(),
      meter,
      JSON.stringify([['', 1 + picks.int(9), 0]]),
      daysAfter(MONDAY, -picks.int(40)),
    ],
  );
};

async function note(
  sql: SqlSession,
  picks: Picks,
  of: { readonly clientId: string; readonly status: string; readonly flags: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into retainer.hold (agency_id, client_id, series_id, occurrence, meter, quantity, count_by, scheduled_at, status,
       units, receipt, flags, step, created_at)
     values (current_setting('retainer.agency'), $1, $2, '', 'posts', 1, 'post', $3, $4, $5, '[]', $6, 1, clock_timestamp())`,
    [
      of.clientId,
      randomUUID(),
      daysAfter(MONDAY + picks.int(96) * 900_000, picks.int(14) - 10),
      of.status,
      JSON.stringify([{ channel: 'c', platform: 'x', state: 'gone' }]),
      JSON.stringify(of.flags),
    ],
  );
}

const deny: Operation = (sql, picks, clients) =>
  note(sql, picks, { clientId: picks.of(clients), status: 'denied', flags: [] });

const pass: Operation = (sql, picks, clients) =>
  note(sql, picks, {
    clientId: picks.of(clients),
    status: picks.of(['held', 'committed']),
    flags: ['over_limit_unchecked'],
  });

/** What was denied was asked for again and given; what was held is let go. */
const settle: Operation = async (sql, picks, clients) => {
  await sql.query(
    `update retainer.hold set status = $2 where ${OWN} and (series_id, occurrence) in (
       select series_id, occurrence from retainer.hold where ${OWN} and client_id = $1 order by series_id limit 1)`,
    [picks.of(clients), picks.of(['released', 'held', 'denied'])],
  );
};

const override: Operation = async (sql, picks, clients) => {
  const [clientId, kind] = [picks.of(clients), picks.of(['delta', 'limit'])];
  await sql.query(
    `insert into retainer.limit_override (agency_id, id, client_id, meter, platform, starts_at, ends_at, kind, amount, created_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())`,
    [
      randomUUID(),
      clientId,
      picks.of(['posts', 'storage_bytes', 'ai_generations']),
      picks.of(['', '', 'x']),
      daysAfter(MONDAY, -picks.int(20)),
      picks.maybe(50, daysAfter(MONDAY, 1 + picks.int(9))),
      kind,
      picks.int(80),
    ],
  );
};

const revoke: Operation = async (sql, picks, clients) => {
  await sql.query(
    `update retainer.limit_override set revoked_at = $2 where ${OWN} and client_id = $1`,
    [picks.of(clients), daysAfter(MONDAY, -1)],
  );
};

const nameTier: Operation = async (sql, picks) => {
  await sql.query(
    `update retainer.tier set name = key || $1 where ${OWN} and id in (
       select id from retainer.tier where ${OWN} order by key offset $2 limit 1)`,
    [picks.of([' old', ' new']), picks.int(3)],
  );
};

/** A tier is sold for another price from now on. */
const priceTier: Operation = async (sql, picks) => {
  await sql.query(
    `insert into retainer.tier_version (agency_id, tier_id, version, currency, monthly_minor, annual_minor, features, limits,
       count_by, enforcement, published_at)
     select distinct on (tier_id) agency_id, tier_id, version + 1, currency, $1::bigint, annual_minor, features, limits, count_by,
       enforcement, clock_timestamp()
     from retainer.tier_version where ${OWN} order by tier_id, version desc offset $2 limit 1`,
    [10_000 + picks.int(90_000), picks.int(3)],
  );
};

/** What clients take, are denied and are promised, and what there is to promise. */
export const SERVICE_OPERATIONS = {
  useWeek,
  useMonth,
  useLevel,
  deny,
  pass,
  settle,
  override,
  revoke,
  nameTier,
  priceTier,
} satisfies Record<string, Operation>;

/** Of these, what raises the version of the promises of those whom it concerns. */
export const PROMISING = ['override', 'revoke'] as const;
