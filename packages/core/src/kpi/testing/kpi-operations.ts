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

/** The agency lives by another zone: its own days alone move. */
const moveAgency: Operation = async (sql, picks) => {
  await sql.query(
    `update retainer.agency set time_zone = $1 where id = current_setting('retainer.agency')`,
    [picks.of(['America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Auckland'])],
  );
};

/** What the agency judges its dashboard by. */
const setBands: Operation = async (sql, picks) => {
  await sql.query(
    `update retainer.agency set stable_percent = $1, stable_points = $2, highlights_above_minor = $3
     where id = current_setting('retainer.agency')`,
    [picks.of(['4', '0', '12.5']), picks.of(['2', '0', '30.25']), picks.maybe(40, picks.int(9000))],
  );
};

/** A goal of the agency for one of the months that the worlds play in. */
const aim: Operation = async (sql, picks) => {
  const metrics = ['leads', 'conversions', 'impressions', 'posts', 'hours', 'cost'] as const;
  await sql.query(
    `insert into retainer.target (agency_id, client_id, metric, month, value, direction, changed_at)
     values (current_setting('retainer.agency'), '', $1, $2, $3, $4, clock_timestamp()) on conflict do nothing`,
    [
      picks.of([...metrics, 'value', 'revenue', 'roiPercent', 'marginPercent']),
      picks.of(['2026-03-01', '2026-04-01', '2026-02-01']),
      picks.of(['0', '1', '12.5', '40', '310']),
      picks.of(['more', 'less']),
    ],
  );
};

const annotate: Operation = async (sql, picks, clients) => {
  const [from, to] = [dayOf(picks), dayOf(picks)].toSorted();
  await sql.query(
    `insert into retainer.annotation (agency_id, id, client_id, from_date, to_date, kind, title, created_at, changed_at)
     values (current_setting('retainer.agency'), gen_random_uuid(), $1, $2, $3, 'note', 'Noted', '2026-04-01', '2026-04-02')`,
    [picks.maybe(50, picks.of(clients)) ?? '', from, to],
  );
};

/** Gives the client tiers that cost something, one after another, in place of those it had. */
const bill: Operation = async (sql, picks, clients) => {
  const clientId = picks.of(clients);
  await sql.query(`delete from retainer.assignment where ${OWN} and client_id = $1`, [clientId]);
  const moments = [momentOf(picks), momentOf(picks), momentOf(picks)].toSorted();
  const [start = '', change = '', end = ''] = moments;
  const term = async (from: string, to: string | null, endedBy: string | null): Promise<void> => {
    if (from === to) return;
    await sql.query(
      `insert into retainer.assignment (agency_id, id, client_id, tier_id, tier_version, starts_at, ends_at, ended_by,
         anchor, every_months, trial_ends_at, price_minor, currency, created_at)
       select agency_id, gen_random_uuid(), $1, tier_id, version, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()
       from retainer.tier_version where ${OWN} order by tier_id, version limit 1`,
      [
        clientId,
        from,
        to,
        endedBy,
        picks.of(['2026-03-01', '2026-01-31', '2025-12-15']),
        picks.of([1, 1, 3, 12]),
        picks.maybe(10, from),
        picks.of([49_900, 99_999, 0]),
        currency,
      ],
    );
  };
  const currency = picks.of(['USD', 'EUR', 'JPY']);
  await term(start, change, 'change');
  await (picks.int(2) === 0 ? term(change, end, 'cancel') : term(change, null, null));
};

/** What happens beside the facts that figures are summed from. */
export const KPI_OPERATIONS = {
  setPrices,
  setClient,
  planCampaign,
  draft,
  changeTier,
  knowRates,
  moveAgency,
  setBands,
  aim,
  annotate,
  bill,
} satisfies Record<string, Operation>;
