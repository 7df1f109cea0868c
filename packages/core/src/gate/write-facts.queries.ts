import { optionalStamp, stamp } from './row-values.ts';
import type { Table } from './write-table.ts';

/** What some batches write beside holds, ledger and counters: posts, placements, media and alerts. */
export const FACT_TABLES: readonly Table[] = [
  {
    name: 'gate_write_posts',
    types: [
      'text',
      'text',
      'uuid',
      'text',
      'timestamptz',
      'timestamptz',
      'int',
      'json',
      'text',
      'text',
      'numeric',
      'json',
      'json',
      'timestamptz',
    ],
    text: (
      rows,
    ) => `insert into retainer.post (agency_id, client_id, post_id, series_id, state, event_at, scheduled_at,
        every_days, channels, content_type, campaign_id, minutes_spent, media_ids, flags, created_at)
      select $1, n.* from ${rows} n
      on conflict (agency_id, client_id, post_id) do update set series_id = excluded.series_id, state = excluded.state,
        event_at = excluded.event_at, scheduled_at = excluded.scheduled_at, every_days = excluded.every_days,
        channels = excluded.channels, content_type = excluded.content_type, campaign_id = excluded.campaign_id,
        minutes_spent = excluded.minutes_spent, media_ids = excluded.media_ids, flags = excluded.flags`,
    rows: (clientId, { changes }) =>
      [...changes.posts.values()].map((post) => [
        clientId,
        post.postId,
        post.seriesId,
        post.state,
        stamp(post.eventAt),
        optionalStamp(post.scheduledAt),
        post.everyDays,
        JSON.stringify(post.channels),
        post.contentType,
        post.campaignId,
        post.minutesSpent,
        JSON.stringify(post.mediaIds),
        JSON.stringify(post.flags),
        stamp(post.createdAt),
      ]),
  },
  {
    name: 'gate_insert_placements',
    types: ['text', 'text', 'text', 'text', 'text', 'timestamptz', 'uuid', 'text', 'text'],
    text: (
      rows,
    ) => `insert into retainer.placement (agency_id, client_id, post_id, channel_id, occurrence, platform,
        published_at, series_id, external_id, url)
      select $1, n.* from ${rows} n on conflict do nothing`,
    rows: (clientId, { changes }) =>
      changes.placements.map((row) => [
        clientId,
        row.postId,
        row.channelId,
        row.occurrence,
        row.platform,
        stamp(row.publishedAt),
        row.seriesId,
        row.externalId,
        row.url,
      ]),
  },
  {
    name: 'gate_write_media',
    types: ['text', 'text', 'uuid', 'bigint', 'boolean', 'timestamptz'],
    text: (
      rows,
    ) => `insert into retainer.media (agency_id, client_id, media_id, series_id, bytes, deleted, created_at)
      select $1, n.* from ${rows} n
      on conflict (agency_id, client_id, media_id) do update set bytes = excluded.bytes, deleted = excluded.deleted`,
    rows: (clientId, { changes }) =>
      [...changes.media.values()].map((row) => [
        clientId,
        row.mediaId,
        row.seriesId,
        row.bytes,
        String(row.deleted),
        stamp(row.createdAt),
      ]),
  },
  {
    name: 'gate_rearm_alerts',
    types: ['text', 'text', 'int', 'timestamptz'],
    text: (rows) => `update retainer.alert a set rearmed_at = n.at
      from ${rows} n (client_id, meter, threshold, at)
      where a.agency_id = $1 and a.client_id = n.client_id and a.meter = n.meter
        and a.threshold = n.threshold and a.rearmed_at is null`,
    rows: (clientId, { changes }) =>
      changes.rearms.map((row) => [clientId, row.meter, row.threshold, stamp(row.at)]),
  },
  {
    name: 'gate_insert_alerts',
    types: [
      'text',
      'text',
      'timestamptz',
      'timestamptz',
      'int',
      'bigint',
      'boolean',
      'timestamptz',
      'timestamptz',
    ],
    text: (
      rows,
    ) => `insert into retainer.alert (agency_id, client_id, meter, window_start, window_end, threshold,
        limit_value, emitted, at, rearmed_at)
      select $1, n.* from ${rows} n on conflict do nothing`,
    rows: (clientId, { changes }) =>
      changes.alerts.map((row) => [
        clientId,
        row.meter,
        stamp(row.window.start),
        stamp(row.window.end),
        row.threshold,
        row.limit,
        String(row.emitted),
        stamp(row.at),
        optionalStamp(row.rearmedAt),
      ]),
  },
];
