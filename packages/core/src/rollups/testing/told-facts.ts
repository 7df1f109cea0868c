/** The agency that a transaction is set to. */
export const AGENCY_ID = `current_setting('retainer.agency')`;

/** Statements that write a fact each, in few words. */
export const FACTS = {
  entry: (id: number, client: string, date: string, seconds: number) =>
    `insert into retainer.time_entry (agency_id, id, client_id, person, local_date, seconds, source, created_at)
     values (${AGENCY_ID}, '${uuid(id)}', '${client}', 'ada', '${date}', ${seconds}, 'manual', now())`,
  rate: (id: number, from: string, minor: number) =>
    `insert into retainer.rate (agency_id, id, level, from_date, rate_minor, currency, created_at)
     values (${AGENCY_ID}, '${uuid(id)}', 'agency', '${from}', ${minor}, 'USD', now())`,
  cost: (id: number, client: string, date: string, currency: string) =>
    `insert into retainer.client_cost (agency_id, id, client_id, kind, from_date, to_date, amount_minor, currency,
       created_at) values (${AGENCY_ID}, '${uuid(id)}', '${client}', 'ad_spend', '${date}', '${date}', 1000,
       '${currency}', now())`,
  tool: (id: number, client: string | null, allocation: string) =>
    `insert into retainer.tool_cost (agency_id, id, client_id, name, allocation, amount_minor, currency, starts_on,
       ends_on, created_at) values (${AGENCY_ID}, '${uuid(id)}', ${client === null ? 'null' : `'${client}'`}, 'tool',
       '${allocation}', 10000, 'USD', '2026-03-01', '2026-03-31', now())`,
  exchange: (quote: string, date: string, rate: string) =>
    `insert into retainer.exchange_rate (agency_id, base, quote, on_date, rate, created_at)
     values (${AGENCY_ID}, 'USD', '${quote}', '${date}', ${rate}, now())
     on conflict (agency_id, base, quote, on_date) do update set rate = excluded.rate`,
  conversion: (id: number, post: string) =>
    `insert into retainer.conversion (agency_id, id, client_id, kind, local_date, count, post_id, source,
       attribution_model, created_at) values (${AGENCY_ID}, '${uuid(id)}', 'a', 'lead', '2026-03-10', 3, '${post}',
       'crm', 'last_touch', now())`,
  post: (post: string, contentType: string | null, minutes: number | null) =>
    `insert into retainer.post (agency_id, client_id, post_id, state, event_at, channels, content_type, campaign_id,
       minutes_spent, media_ids, flags, created_at) values (${AGENCY_ID}, 'a', '${post}', 'published', now(), '[]',
       ${contentType === null ? 'null' : `'${contentType}'`}, 'spring', ${minutes}, '[]', '[]', now())
     on conflict (agency_id, client_id, post_id) do update set content_type = excluded.content_type,
       minutes_spent = excluded.minutes_spent`,
  placement: (post: string, at: string) =>
    `insert into retainer.placement (agency_id, client_id, post_id, channel_id, occurrence, platform, published_at,
       series_id) values (${AGENCY_ID}, 'a', '${post}', 'c1', '', 'x', '${at}', gen_random_uuid())`,
  series: (id: number, level: string, subject: string, metric: string, kind: string) =>
    `insert into retainer.series (agency_id, id, client_id, level, subject, platform, metric, kind)
     overriding system value values (${AGENCY_ID}, ${id}, 'a', '${level}', '${subject}', 'x', '${metric}', '${kind}')`,
  seen: (series: number, at: string, value: number) =>
    `insert into retainer.observation (agency_id, series_id, at, client_id, local_date, value)
     values (${AGENCY_ID}, ${series}, '${at}', 'a', '${at.slice(0, 10)}', ${value})`,
} as const;

function uuid(id: number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
