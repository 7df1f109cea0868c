import { randomUUID } from 'node:crypto';

import {
  CAMPAIGNS,
  changeSome,
  CONTENT_TYPES,
  CURRENCIES,
  PLATFORMS,
  type Operation,
} from './cost-operations.ts';
import { dayOf, momentOf } from './picks.ts';

const POSTS = ['p1', 'p2', 'p3'] as const;
const RATES = { EUR: '0.92', JPY: '151.37', KWD: '0.3077' } as const;

/** Most currencies of a day at once; what was published before is corrected. */
const publishRates: Operation = async (sql, picks) => {
  const quotes = (['EUR', 'JPY', 'KWD'] as const).filter(() => picks.int(4) > 0);
  await sql.query(
    `insert into retainer.exchange_rate (agency_id, base, quote, on_date, rate, created_at)
     select current_setting('retainer.agency'), 'USD', r.quote, $2, r.rate + $3::numeric / 1000, clock_timestamp()
     from json_to_recordset($1::json) r(quote text, rate numeric)
     on conflict (agency_id, base, quote, on_date) do update set rate = excluded.rate`,
    [
      JSON.stringify(quotes.map((quote) => ({ quote, rate: RATES[quote] }))),
      dayOf(picks),
      picks.int(50),
    ],
  );
};

const convert: Operation = async (sql, picks, clients) => {
  const kind = picks.of(['lead', 'conversion', 'revenue']);
  const amount =
    kind === 'revenue' || (kind === 'conversion' && picks.int(2) === 0)
      ? picks.of([0, 4999, -120, 100_001])
      : null;
  await sql.query(
    `insert into retainer.conversion (agency_id, id, client_id, kind, local_date, count, amount_minor, currency,
       campaign_id, platform, post_id, content_type, source, attribution_model, created_at)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'shop', 'last_touch',
       clock_timestamp())`,
    [
      randomUUID(),
      picks.of(clients),
      kind,
      dayOf(picks),
      picks.of([1, 1, 0, 7]),
      amount,
      amount === null ? null : picks.of(CURRENCIES),
      picks.maybe(30, picks.of(CAMPAIGNS)),
      picks.maybe(50, picks.of(PLATFORMS)),
      picks.maybe(50, picks.of(POSTS)),
      picks.maybe(20, picks.of(CONTENT_TYPES)),
    ],
  );
};

const editConversion: Operation = (sql, picks, clients) => {
  const [set, ...values] = picks.of<readonly [string, ...unknown[]]>([
    ['deleted_at = clock_timestamp()'],
    ['deleted_at = null'],
    ['local_date = $2', dayOf(picks)],
    ['count = $2', picks.int(9)],
    ['client_id = $2', picks.of(clients)],
    ['post_id = $2', picks.maybe(70, picks.of(POSTS))],
    ['delete'],
  ]);
  return changeSome(sql, picks, { table: 'conversion', set }, values);
};

const METRICS = [
  'impressions',
  'views',
  'video_views',
  'likes',
  'reactions',
  'comments',
  'clicks',
  'link_clicks',
  'engagements',
  'reach',
] as const;

/** A few observations of one post or channel, in any order; some stood there already. */
const observe: Operation = async (sql, picks, clients) => {
  const clientId = picks.of(clients);
  const [level, subject] = picks.of<readonly ['post' | 'account', string]>([
    ['post', 'p1'],
    ['post', 'p2'],
    ['post', 'p3'],
    ['account', 'c1'],
  ]);
  const platform = picks.of(PLATFORMS);
  const kind = picks.of(
    level === 'post'
      ? (['lifetime', 'lifetime', 'lifetime', 'daily'] as const)
      : (['daily', 'daily', 'gauge'] as const),
  );
  const [zone] = await sql.query<{ zone: string }>(
    `select time_zone as zone from retainer.client_calendar
     where agency_id = current_setting('retainer.agency') and client_id = $1 and starts_at = '-infinity'`,
    [clientId],
  );
  const metrics = [picks.of(METRICS), picks.of(METRICS)];
  const rows = Array.from({ length: 1 + picks.int(4) }, () => ({
    metric: metrics[picks.int(2)],
    // Most days have no moment of their own: a day's figure is dated by its last.
    at: momentOf(picks),
    value: picks.int(500),
  }));
  await sql.query(
    `insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind)
     select distinct current_setting('retainer.agency'), $1, $2, $3, $4, r.metric, $5
     from json_to_recordset($6::json) r(metric text) order by r.metric on conflict do nothing`,
    [clientId, level, subject, platform, kind, JSON.stringify(rows)],
  );
  await sql.query(
    `insert into retainer.observation as o (agency_id, series_id, at, client_id, local_date, value)
     select distinct on (s.id, r.at) s.agency_id, s.id, r.at, s.client_id, (r.at at time zone $7)::date, r.value
     from json_to_recordset($6::json) r(metric text, at timestamptz, value numeric)
     join retainer.series s on s.agency_id = current_setting('retainer.agency') and s.client_id = $1 and s.level = $2
       and s.subject = $3 and s.platform = $4 and s.metric = r.metric and s.kind = $5
     order by s.id, r.at, r.value
     on conflict (agency_id, series_id, at) do update set value = excluded.value where o.value <> excluded.value`,
    [clientId, level, subject, platform, kind, JSON.stringify(rows), zone?.zone ?? 'UTC'],
  );
};

const describePost: Operation = async (sql, picks, clients) => {
  await sql.query(
    `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, content_type, campaign_id,
       minutes_spent, media_ids, flags, created_at)
     values (current_setting('retainer.agency'), $1, $2, 'published', clock_timestamp(), '[]', $3, $4, $5, '[]', '[]',
       clock_timestamp())
     on conflict (agency_id, client_id, post_id) do update set content_type = excluded.content_type,
       campaign_id = excluded.campaign_id, minutes_spent = excluded.minutes_spent`,
    [
      picks.of(clients),
      picks.of(POSTS),
      picks.maybe(60, picks.of(CONTENT_TYPES)),
      picks.maybe(60, picks.of(CAMPAIGNS)),
      picks.maybe(40, picks.of(['0', '12.5', '60'])),
    ],
  );
};

const publish: Operation = async (sql, picks, clients) => {
  const platform = picks.of(PLATFORMS);
  await sql.query(
    `insert into retainer.placement (agency_id, client_id, post_id, channel_id, occurrence, platform, published_at,
       series_id)
     values (current_setting('retainer.agency'), $1, $2, $3, $4, $5, $6, $7)
     on conflict (agency_id, client_id, post_id, channel_id, occurrence) do update
       set published_at = excluded.published_at`,
    [
      picks.of(clients),
      picks.of(POSTS),
      `${platform}-channel`,
      picks.of(['', '', 'second']),
      platform,
      momentOf(picks),
      randomUUID(),
    ],
  );
};

const unpublish: Operation = async (sql, picks, clients) => {
  const platform = picks.of(PLATFORMS);
  await sql.query(
    `delete from retainer.placement where agency_id = current_setting('retainer.agency') and client_id = $1
       and post_id = $2 and platform = $3`,
    [picks.of(clients), picks.of(POSTS), platform],
  );
};

const assume: Operation = async (sql, picks) => {
  const values = [picks.of(['', ...CONTENT_TYPES]), picks.of(['0001-01-01', dayOf(picks)])];
  if (picks.int(5) === 0) {
    await sql.query(
      `delete from retainer.time_saved_baseline
       where agency_id = current_setting('retainer.agency') and content_type = $1 and from_date = $2`,
      values,
    );
    return;
  }
  await sql.query(
    `insert into retainer.time_saved_baseline (agency_id, content_type, from_date, version, baseline_seconds,
       actual_seconds, changed_at)
     values (current_setting('retainer.agency'), $1, $2, 1, $3, $4, clock_timestamp())
     on conflict (agency_id, content_type, from_date) do update set baseline_seconds = excluded.baseline_seconds,
       actual_seconds = excluded.actual_seconds`,
    [...values, picks.of([0, 420, 3600]), picks.of([0, 60, 1000])],
  );
};

/** What happens to value. */
export const VALUE_OPERATIONS = {
  publishRates,
  convert,
  editConversion,
  observe,
  describePost,
  publish,
  unpublish,
  assume,
} satisfies Record<string, Operation>;
