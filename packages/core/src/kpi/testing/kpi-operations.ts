import { CAMPAIGNS, type Operation } from '../../rollups/testing/cost-operations.ts';
import { dayOf, momentOf } from '../../rollups/testing/picks.ts';

const OWN = `agency_id = current_setting('retainer.agency')`;

const setPrices: Operation = async (sql, picks) => {
  await sql.query(
    `update retainer.agency set conversion_value_minor = $1, lead_value_minor = $2, saved_time_in_roi = $3
     where id = current_setting('retainer.agency')`,
    [
      picks.maybe(30, picks.of([0, 5000])),
      picks.maybe(30, picks.of([0, 1250])),
      picks.int(2) === 0,
    ],
  );
};

const setClient: Operation = async (sql, picks, clients) => {
  await sql.query(
    `update retainer.client set revenue_connected = $2, created_at = $3 where ${OWN} and id = $1`,
    [picks.of(clients), picks.int(3) === 0, momentOf(picks)],
  );
};

const planCampaign: Operation = async (sql, picks, clients) => {
  const [one, other] = [dayOf(picks), dayOf(picks)].toSorted();
  await sql.query(
    `insert into retainer.campaign (agency_id, client_id, id, name, starts_on, ends_on, created_at, archived_at)
     values (current_setting('retainer.agency'), $1, $2, 'The ' || $2, $3, $4, clock_timestamp(), $5)
     on conflict (agency_id, client_id, id) do update
       set starts_on = excluded.starts_on, ends_on = excluded.ends_on, archived_at = excluded.archived_at`,
    [
      picks.of(clients),
      picks.of(CAMPAIGNS),
      picks.maybe(70, one),
      picks.maybe(70, other),
      picks.maybe(20, momentOf(picks)),
    ],
  );
};

/** What an hour costs, and what currencies are worth all the time: most amounts are known then. */
const knowRates: Operation = async (sql) => {
  await sql.query(
    `insert into retainer.rate (agency_id, id, level, from_date, rate_minor, currency, created_at)
     values (current_setting('retainer.agency'), gen_random_uuid(), 'agency', '0001-01-01', 6400, 'USD', clock_timestamp())
     on conflict do nothing`,
    [],
  );
  await sql.query(
    `insert into retainer.exchange_rate (agency_id, base, quote, on_date, rate, created_at)
     select current_setting('retainer.agency'), 'USD', q.quote, d::date, q.rate, clock_timestamp()
     from generate_series('2025-12-01'::timestamp, '2026-06-30', '5 days') d,
       (values ('EUR', 0.91), ('JPY', 149.5), ('KWD', 0.306)) q(quote, rate)
     on conflict do nothing`,
    [],
  );
};

/** Posts come into being, in one state or another. */
const draft: Operation = async (sql, picks, clients) => {
  await sql.query(
    `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, media_ids, flags, created_at)
     select current_setting('retainer.agency'), $1, $2 || n, $3, $4, '[]', '[]', '[]', $4
     from generate_series(1, $5::int) n on conflict do nothing`,
    [
      picks.of(clients),
      `draft ${picks.int(1000)} `,
      picks.of(['draft', 'scheduled', 'deleted', 'denied', 'published']),
      momentOf(picks),
      1 + picks.int(4),
    ],
  );
};

/** Moves a client's tier to another one, so that there are several. */
const changeTier: Operation = async (sql, picks, clients) => {
  await sql.query(
    `update retainer.assignment a set tier_id = t.tier_id, tier_version = t.version
     from (select tier_id, version from retainer.tier_version where ${OWN} order by monthly_minor offset $2 limit 1) t
     where a.${OWN} and a.client_id = $1`,
    [picks.of(clients), picks.int(3)],
  );
};

/** What happens beside the facts that figures are summed from. */
export const KPI_OPERATIONS = {
  setPrices,
  setClient,
  planCampaign,
  draft,
  changeTier,
  knowRates,
} satisfies Record<string, Operation>;
