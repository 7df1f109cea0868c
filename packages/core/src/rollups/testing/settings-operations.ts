import { randomUUID } from 'node:crypto';

import { CURRENCIES, type Operation } from './cost-operations.ts';
import { dayOf, daysAfter, momentOf } from './picks.ts';

const OWN = `agency_id = current_setting('retainer.agency')`;

const setClientCurrency: Operation = async (sql, picks, clients) => {
  await sql.query(`update retainer.client set currency = $2 where ${OWN} and id = $1`, [
    picks.of(clients),
    picks.maybe(60, picks.of(CURRENCIES)),
  ]);
};

const setAgency: Operation = async (sql, picks) => {
  const [set, value] = picks.of<readonly [string, unknown]>([
    ['currency', picks.of(CURRENCIES)],
    ['rounding', picks.of(['half_even', 'half_away_from_zero'])],
    ['reporting_splits_time', picks.of(['split', 'start'])],
    ['time_rounding', picks.of(['none', 'up', 'down', 'nearest'])],
    ['time_rounding_minutes', picks.of([1, 6, 15, 60])],
    ['time_rounding_per', picks.of(['entry', 'client_day'])],
  ]);
  await sql.query(
    `update retainer.agency set ${set} = $1 where id = current_setting('retainer.agency')`,
    [value],
  );
};

/** From a moment on the client lives by another zone. */
const moveClient: Operation = async (sql, picks, clients) => {
  const clientId = picks.of(clients);
  if (picks.int(4) === 0) {
    await sql.query(
      `delete from retainer.client_calendar where ${OWN} and client_id = $1 and starts_at > '-infinity'`,
      [clientId],
    );
    return;
  }
  await sql.query(
    `insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
     values (current_setting('retainer.agency'), $1, $2, $3, 'monday')
     on conflict (agency_id, client_id, starts_at) do update set time_zone = excluded.time_zone`,
    [
      clientId,
      `${dayOf(picks)}T10:00:00Z`,
      picks.of(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']),
    ],
  );
};

const archive: Operation = async (sql, picks, clients) => {
  await sql.query(`update retainer.client set archived_at = $2 where ${OWN} and id = $1`, [
    picks.of(clients),
    picks.maybe(60, momentOf(picks)),
  ]);
};

/** Gives the client a tier for some time, in place of those it had. */
const assign: Operation = async (sql, picks, clients) => {
  const clientId = picks.of(clients);
  await sql.query(`delete from retainer.assignment where ${OWN} and client_id = $1`, [clientId]);
  const start = Date.parse(`${dayOf(picks)}T00:00:00Z`) + picks.int(96) * 900_000;
  await sql.query(
    `insert into retainer.assignment (agency_id, id, client_id, tier_id, tier_version, starts_at, ends_at, anchor,
       every_months, trial_ends_at, price_minor, currency, created_at)
     select agency_id, $1, $2, tier_id, version, $3, $4, '2026-03-01', 1, $5, 0, 'USD', clock_timestamp()
     from retainer.tier_version where ${OWN} order by tier_id, version limit 1`,
    [
      randomUUID(),
      clientId,
      daysAfter(start, 0),
      picks.maybe(50, daysAfter(start, 1 + picks.int(20))),
      picks.maybe(30, daysAfter(start, 1 + picks.int(20))),
    ],
  );
};

const block: Operation = async (sql, picks, clients) => {
  const start = Date.parse(`${dayOf(picks)}T00:00:00Z`) + picks.int(96) * 900_000;
  const end = new Date(start + picks.int(500) * 900_000).toISOString();
  await sql.query(
    `insert into retainer.blocking_state (agency_id, id, client_id, kind, starts_at, ends_at)
     values (current_setting('retainer.agency'), $1, $2, 'paused', $3, $4)`,
    [randomUUID(), picks.of(clients), new Date(start).toISOString(), picks.maybe(70, end)],
  );
};

const unblock: Operation = async (sql, picks, clients) => {
  await sql.query(
    `update retainer.blocking_state set ends_at = starts_at + interval '6 hours' where ${OWN} and client_id = $1`,
    [picks.of(clients)],
  );
};

/** What happens to how an agency and its clients count. */
export const SETTINGS_OPERATIONS = {
  setClientCurrency,
  setAgency,
  moveClient,
  archive,
  assign,
  block,
  unblock,
} satisfies Record<string, Operation>;
