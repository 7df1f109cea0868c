import type { Instant } from '@retainer/domain';

import { writeAnswer } from './answer-text.ts';
import { arrayText } from './array-text.ts';
import type { ClientState, HoldRow } from './client-state.ts';
import type { Statement } from './gate-session.ts';
import { stamp } from './gate.queries.ts';

type Value = string | number | null | undefined;
type Row = readonly Value[];

/** How the rows of one table are written: one statement for all of them, an array for each column. */
interface Table {
  readonly name: string;
  /** The types of the columns of a row, in order. */
  readonly types: readonly string[];
  /** `$1` is the agency; the rows come as `unnest(...)`. */
  readonly text: (rows: string) => string;
  readonly rows: (clientId: string, state: ClientState) => Row[];
}

/** Everything a batch changed, as few statements: each writes all rows of one table. */
export function writeStatements(
  agencyId: string,
  states: ReadonlyMap<string, ClientState>,
): Statement[] {
  return TABLES.flatMap((table) => {
    const rows = [...states].flatMap(([clientId, state]) => table.rows(clientId, state));
    return rows.length > 0 ? [statement(table, agencyId, rows)] : [];
  });
}

function statement(table: Table, agencyId: string, rows: readonly Row[]): Statement {
  const columns = table.types.map((type, index) => `$${index + 2}::${type}[]`);
  const values = table.types.map((_, column) => arrayText(rows.map((row) => row[column])));
  const text = table.text(`unnest(${columns.join(', ')})`);
  return { name: table.name, text, values: [agencyId, ...values] };
}

const TEXT_PAIR = ['text', 'uuid', 'text'] as const;

const TABLES: readonly Table[] = [
  {
    name: 'gate_write_holds',
    types: [
      ...TEXT_PAIR,
      'text',
      'text',
      'text',
      'bigint',
      'text',
      'timestamptz',
      'text',
      'timestamptz',
      'json',
      'json',
      'json',
      'int',
      'json',
      'timestamptz',
      'timestamptz',
    ],
    text: (
      rows,
    ) => `insert into retainer.hold (agency_id, client_id, series_id, occurrence, key, payload_hash, meter,
        quantity, count_by, scheduled_at, status, expires_at, units, receipt, flags, step, answer, created_at, settled_at)
      select $1, n.* from ${rows} n
      on conflict (agency_id, series_id, occurrence) do update set scheduled_at = excluded.scheduled_at,
        status = excluded.status, expires_at = excluded.expires_at, units = excluded.units,
        receipt = excluded.receipt, flags = excluded.flags, step = excluded.step, quantity = excluded.quantity,
        settled_at = excluded.settled_at`,
    rows: (clientId, { changes }) =>
      [...changes.holds.values()].map((hold) => [
        clientId,
        hold.seriesId,
        hold.occurrence,
        hold.key,
        hold.payloadHash,
        hold.meter,
        hold.quantity,
        hold.countBy,
        stamp(hold.scheduledAt),
        hold.status,
        optionalStamp(hold.expiresAt),
        JSON.stringify(hold.units),
        receiptText(hold),
        JSON.stringify(hold.flags),
        hold.step,
        typeof hold.answer === 'object' ? writeAnswer(hold.answer) : hold.answer,
        stamp(hold.createdAt),
        optionalStamp(hold.settledAt),
      ]),
  },
  {
    // Whole values, not differences: they were computed under the client's lock.
    name: 'gate_write_counters',
    types: ['text', 'text', 'text', 'timestamptz', 'timestamptz', 'bigint', 'bigint'],
    text: (rows) => `insert into retainer.usage_counter
        (agency_id, client_id, meter, platform, window_start, window_end, used, held)
      select $1, n.* from ${rows} n
      on conflict (agency_id, client_id, meter, window_start, platform)
      do update set used = excluded.used, held = excluded.held, window_end = excluded.window_end`,
    rows: (clientId, { counters }) =>
      [...counters.values()]
        .filter((counter) => counter.changed)
        .map(({ meter, platform, window, used, held }) => [
          clientId,
          meter,
          platform,
          stamp(window.start),
          stamp(window.end),
          used,
          held,
        ]),
  },
  {
    name: 'gate_insert_ledger',
    types: [...TEXT_PAIR, 'int', 'text', 'text', 'timestamptz', 'json', 'timestamptz'],
    text: (rows) => `insert into retainer.usage_ledger
        (agency_id, client_id, series_id, occurrence, step, kind, meter, window_start, lines, at)
      select $1, n.* from ${rows} n`,
    rows: (clientId, { changes }) =>
      changes.ledger.map((row) => [
        clientId,
        row.seriesId,
        row.occurrence,
        row.step,
        row.kind,
        row.meter,
        stamp(row.windowStart),
        JSON.stringify(row.lines.map(({ platform, used, held }) => [platform, used, held])),
        stamp(row.at),
      ]),
  },
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
    ],
    text: (rows) => `insert into retainer.alert
        (agency_id, client_id, meter, window_start, window_end, threshold, limit_value, emitted, at)
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
      ]),
  },
];

function receiptText(hold: HoldRow): string {
  const { window, lines } = hold.receipt;
  // Infinity is no JSON number: a level's window has no ends.
  return JSON.stringify({ start: finite(window.start), end: finite(window.end), lines });
}

function finite(at: number): number | null {
  return Number.isFinite(at) ? at : null;
}

function optionalStamp(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : stamp(at);
}
