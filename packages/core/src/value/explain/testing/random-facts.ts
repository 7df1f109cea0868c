import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';

import { keepEntry, keepRate } from '../../../costs/testing/costs-world.ts';
import { sqlSession } from '../../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../../kernel/context.ts';

const date = fc
  .integer({ min: 1, max: 20 })
  .map((day) => `2026-03-${String(day).padStart(2, '0')}`);
const range = fc.tuple(date, date).map((days) => days.toSorted());
const platform = fc.constantFrom(null, 'x', 'linkedin');
const campaignId = fc.constantFrom(null, 'spring', 'summer');
const contentType = fc.constantFrom(null, 'reel', 'article');
// GBP has no rate, so what is in it is missing.
const currency = fc.constantFrom('USD', 'EUR', 'GBP');
const amount = fc.integer({ min: -5000, max: 90_000 });
const few = { maxLength: 5 } as const;

const entries = fc.record({
  date,
  platform,
  campaignId,
  contentType,
  /** From an evening on, and so on two days, where it is so many hours. */
  hours: fc.option(fc.integer({ min: 1, max: 30 })),
  seconds: fc.integer({ min: 0, max: 20_000 }),
  rateMinor: fc.option(fc.bigInt({ min: 0n, max: 9999n })),
  person: fc.constantFrom('ada', 'ben'),
  baselineSeconds: fc.option(fc.integer({ min: 0, max: 9000 })),
  source: fc.constantFrom('manual' as const, 'import' as const),
});
const costs = fc.record({
  range,
  platform,
  campaignId,
  currency,
  amount,
  kind: fc.constantFrom('ad_spend', 'other'),
});
const tools = fc.record({
  range,
  currency,
  amount,
  isShared: fc.boolean(),
  isMonthly: fc.boolean(),
});
const conversions = fc.record({
  date,
  platform,
  campaignId,
  contentType,
  currency,
  kind: fc.constantFrom('lead', 'conversion', 'revenue'),
  count: fc.integer({ min: 0, max: 9 }),
  amount: fc.option(amount),
  source: fc.constantFrom('shop', 'crm'),
});
const posts = fc.record({
  campaignId,
  contentType,
  publishedOn: date,
  platform: fc.constantFrom('x', 'linkedin'),
});
const observations = fc.record({
  /** Of one of the posts, or of the account where there are not so many. */
  post: fc.nat(4),
  platform: fc.constantFrom('x', 'linkedin'),
  metric: fc.constantFrom('impressions', 'likes', 'comments', 'clicks', 'video_views', 'followers'),
  isLifetime: fc.boolean(),
  date,
  hour: fc.nat(23),
  value: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.constantFrom(12.5, 99.25)),
});

/** Any facts of a client that a value tracking can meet. */
export const someFacts = fc.record({
  entries: fc.array(entries, few),
  costs: fc.array(costs, few),
  tools: fc.array(tools, { maxLength: 3 }),
  conversions: fc.array(conversions, { maxLength: 8 }),
  posts: fc.array(posts, { maxLength: 4 }),
  observations: fc.array(observations, { maxLength: 40 }),
});
export type SomeFacts = typeof someFacts extends fc.Arbitrary<infer T> ? T : never;

/** Any days among those that the facts are of. */
export const someDays = range;

/** Writes the facts as they are, past the use cases that guard them. */
export async function keepFacts(
  ctx: ServiceContext,
  clientId: string,
  facts: SomeFacts,
): Promise<void> {
  await keepRate(ctx, { level: 'person', person: 'ada', rateMinor: 5550n, currency: 'EUR' });
  await inTransaction(ctx, (em) =>
    sqlSession(em).query(
      `insert into retainer.exchange_rate (agency_id, base, quote, on_date, rate, created_at)
       select current_setting('retainer.agency'), 'EUR', 'USD', d, 1.0837 + extract(day from d) / 1000, now()
       from generate_series('2026-02-20'::date, '2026-03-25'::date, '3 days') d`,
      [],
    ),
  );
  for (const { date: localDate, hours, seconds, rateMinor, ...entry } of facts.entries) {
    const startedAt = new Date(`${localDate}T19:30:00Z`);
    const endedAt = new Date(startedAt.getTime() + (hours ?? 0) * 3_599_000);
    const time = hours === null ? { localDate, seconds } : { startedAt, endedAt };
    const rate = rateMinor === null ? {} : { rateMinor, currency: 'USD' };
    // They share one connection.
    // oxlint-disable-next-line no-await-in-loop
    await keepEntry(ctx, { clientId, ...entry, ...time, ...rate });
  }
  const withIds = facts.conversions.map((one) => ({
    ...one,
    amount: one.kind === 'lead' ? null : one.kind === 'revenue' ? (one.amount ?? 7) : one.amount,
  }));
  await insertAll(ctx, clientId, { ...facts, conversions: withIds });
}

async function insertAll(
  ctx: ServiceContext,
  clientId: string,
  facts: Omit<SomeFacts, 'entries'>,
): Promise<void> {
  await inTransaction(ctx, async (em) => {
    const sql = sqlSession(em);
    const insert = async (text: string, rows: readonly object[]): Promise<void> => {
      const all = rows.map((row, index) => ({ id: randomUUID(), index, ...row }));
      await sql.query(text, [clientId, JSON.stringify(all)]);
    };
    await insert(COSTS, facts.costs);
    await insert(TOOLS, facts.tools);
    await insert(CONVERSIONS, facts.conversions);
    await insert(POSTS, facts.posts);
    await insert(PLACEMENTS, facts.posts);
    const observed = facts.observations.map(({ post, ...one }) => {
      const told = facts.posts[post];
      return told
        ? { ...one, level: 'post', subject: `post-${post}`, platform: told.platform }
        : { ...one, level: 'account', subject: one.platform, isLifetime: false };
    });
    await insert(SERIES, observed);
    await insert(OBSERVATIONS, observed);
  });
}

const AGENCY = `current_setting('retainer.agency')`;
const COSTS = `insert into retainer.client_cost
    (agency_id, id, client_id, kind, campaign_id, platform, from_date, to_date, amount_minor, currency, created_at)
  select ${AGENCY}, id, $1, kind, "campaignId", platform, (range ->> 0)::date, (range ->> 1)::date, amount, currency, now()
  from json_to_recordset($2::json) r(id uuid, kind text, "campaignId" text, platform text, range json, amount bigint, currency text)`;
const TOOLS = `insert into retainer.tool_cost
    (agency_id, id, client_id, name, allocation, amount_minor, currency, starts_on, ends_on, every_months, created_at)
  select ${AGENCY}, id, case when "isShared" then null else $1 end, 'tool ' || index, 'equal', amount, currency,
    (range ->> 0)::date, case when "isMonthly" then null else (range ->> 1)::date end, case when "isMonthly" then 1 end, now()
  from json_to_recordset($2::json) r(id uuid, index int, "isShared" boolean, "isMonthly" boolean, range json, amount bigint, currency text)`;
const CONVERSIONS = `insert into retainer.conversion
    (agency_id, id, client_id, kind, local_date, count, amount_minor, currency, campaign_id, platform, content_type,
     source, attribution_model, created_at)
  select ${AGENCY}, id, $1, kind, date, count, amount, case when amount is not null then currency end, "campaignId",
    platform, "contentType", source, 'last_click', now()
  from json_to_recordset($2::json) r(id uuid, kind text, date date, count bigint, amount bigint, currency text,
    "campaignId" text, platform text, "contentType" text, source text)`;
const POSTS = `insert into retainer.post
    (agency_id, client_id, post_id, state, event_at, channels, content_type, campaign_id, media_ids, flags, created_at)
  select ${AGENCY}, $1, 'post-' || index, 'published', now(), '[]', "contentType", "campaignId", '[]', '{}', now()
  from json_to_recordset($2::json) r(index int, "contentType" text, "campaignId" text)`;
const PLACEMENTS = `insert into retainer.placement
    (agency_id, client_id, post_id, channel_id, occurrence, platform, published_at, series_id)
  select ${AGENCY}, $1, 'post-' || index, platform, '', platform, "publishedOn"::timestamptz, id
  from json_to_recordset($2::json) r(id uuid, index int, platform text, "publishedOn" date)`;
const SERIES = `insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind)
  select distinct ${AGENCY}, $1, level, subject, platform, metric, case when "isLifetime" then 'lifetime' else 'daily' end
  from json_to_recordset($2::json) r(level text, subject text, platform text, metric text, "isLifetime" boolean)`;
const OBSERVATIONS = `insert into retainer.observation (agency_id, series_id, at, client_id, local_date, value)
  select s.agency_id, s.id, r.date + r.hour * interval '1 hour', $1, r.date, r.value
  from json_to_recordset($2::json) r(level text, subject text, platform text, metric text, "isLifetime" boolean,
    date date, hour int, value numeric)
  join retainer.series s on s.agency_id = ${AGENCY} and s.client_id = $1 and s.level = r.level and s.subject = r.subject
    and s.platform = r.platform and s.metric = r.metric
    and s.kind = case when r."isLifetime" then 'lifetime' else 'daily' end
  on conflict do nothing`;
