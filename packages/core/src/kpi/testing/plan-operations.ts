import type { Operation } from '../../rollups/testing/cost-operations.ts';
import { dayOf, momentOf } from '../../rollups/testing/picks.ts';

const OWN = `agency_id = current_setting('retainer.agency')`;
const MONTHS = ['2026-02-01', '2026-03-01', '2026-04-01'] as const;

const budget: Operation = async (sql, picks, clients) => {
  const [clientId, month] = [picks.of(clients), picks.of(MONTHS)];
  const isMoney = picks.int(2) === 0;
  await sql.query(
    `insert into retainer.budget (agency_id, client_id, month, kind, amount_minor, currency, seconds, changed_at)
     select current_setting('retainer.agency'), c.id, $2, $3, $4, case when $3 = 'money' then coalesce(c.currency, a.currency) end, $5,
       clock_timestamp()
     from retainer.client c join retainer.agency a on a.id = c.agency_id where c.${OWN} and c.id = $1
     on conflict (agency_id, client_id, month, kind) do update
       set amount_minor = excluded.amount_minor, seconds = excluded.seconds`,
    [
      clientId,
      month,
      isMoney ? 'money' : 'hours',
      isMoney ? 100 + picks.int(90_000) : null,
      isMoney ? null : 600 + picks.int(90_000),
    ],
  );
};

const dropBudget: Operation = async (sql, picks, clients) => {
  await sql.query(`delete from retainer.budget where ${OWN} and client_id = $1`, [
    picks.of(clients),
  ]);
};

/** A goal of a client's own. */
const aimFor: Operation = async (sql, picks, clients) => {
  const metrics = ['leads', 'posts', 'hours', 'cost', 'value', 'reach', 'roiPercent'] as const;
  await sql.query(
    `insert into retainer.target (agency_id, client_id, metric, month, value, direction, changed_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, clock_timestamp())
     on conflict (agency_id, client_id, metric, month) do update set value = excluded.value`,
    [
      picks.of(clients),
      picks.of([...metrics, 'marginPercent', 'marginPercent']),
      picks.of(MONTHS),
      picks.of(['0', '2', '17.5', '400']),
      picks.of(['more', 'less']),
    ],
  );
};

const dropAims: Operation = async (sql, picks) => {
  await sql.query(`delete from retainer.target where ${OWN} and month = $1`, [picks.of(MONTHS)]);
};

const editNote: Operation = async (sql, picks) => {
  await sql.query(`update retainer.annotation set title = $1, from_date = to_date where ${OWN}`, [
    picks.of(['Again', 'Once more']),
  ]);
};

const dropNotes: Operation = async (sql) => {
  await sql.query(
    `delete from retainer.annotation where ${OWN} and id = (
       select id from retainer.annotation where ${OWN} order by id limit 1)`,
    [],
  );
};

const nameClient: Operation = async (sql, picks, clients) => {
  await sql.query(`update retainer.client set name = $2 where ${OWN} and id = $1`, [
    picks.of(clients),
    picks.of(['North', 'South']),
  ]);
};

const nameCampaign: Operation = async (sql, picks) => {
  await sql.query(`update retainer.campaign set name = $1 where ${OWN}`, [
    picks.of(['First', 'Second']),
  ]);
};

/** One client more, which nothing is told of yet. */
const register: Operation = async (sql, picks) => {
  const id = picks.of(['d', 'e']);
  await sql.query(
    `insert into retainer.client (agency_id, id, name, created_at) values (current_setting('retainer.agency'), $1, $1, $2)
     on conflict do nothing`,
    [id, momentOf(picks)],
  );
  await sql.query(
    `insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
     values (current_setting('retainer.agency'), $1, '-infinity', 'Europe/Berlin', 'monday') on conflict do nothing`,
    [id],
  );
};

/** A post that came into being is gone, or came at another time after all. */
const moveDraft: Operation = async (sql, picks) => {
  const one = `post_id = (select post_id from retainer.post where ${OWN} and post_id like 'draft%' order by post_id limit 1)`;
  await (picks.int(2) === 0
    ? sql.query(`delete from retainer.post where ${OWN} and ${one}`, [])
    : sql.query(`update retainer.post set created_at = $1 where ${OWN} and ${one}`, [
        `${dayOf(picks)}T08:00:00Z`,
      ]));
};

/** What is planned, noted and named beside all facts. */
export const PLAN_OPERATIONS = {
  budget,
  dropBudget,
  aimFor,
  dropAims,
  editNote,
  dropNotes,
  nameClient,
  nameCampaign,
  register,
  moveDraft,
} satisfies Record<string, Operation>;
