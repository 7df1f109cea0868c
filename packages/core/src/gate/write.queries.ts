import type { ClientState, HoldRow } from './client-state.ts';
import { stamp } from './gate.queries.ts';
import type { Statement } from './gate-session.ts';

/** Everything a batch changed, as few statements: each writes all rows of one table. */
export function writeStatements(
  agencyId: string,
  states: ReadonlyMap<string, ClientState>,
): Statement[] {
  const lists = [...states].map(([clientId, state]) => rowsOf(agencyId, clientId, state));
  return TABLES.flatMap(({ name, text, rows }) => {
    const all = lists.flatMap(rows);
    return all.length > 0 ? [{ name, text, values: [JSON.stringify(all)] }] : [];
  });
}

type Row = Readonly<Record<string, unknown>>;

interface Rows {
  readonly newHolds: readonly Row[];
  readonly changedHolds: readonly Row[];
  readonly counters: readonly Row[];
  readonly ledger: readonly Row[];
  readonly posts: readonly Row[];
  readonly placements: readonly Row[];
  readonly media: readonly Row[];
  readonly alerts: readonly Row[];
  readonly rearms: readonly Row[];
}

const TABLES: readonly { name: string; text: string; rows: (rows: Rows) => readonly Row[] }[] = [
  {
    name: 'gate_insert_holds',
    text: `insert into retainer.hold select * from json_populate_recordset(null::retainer.hold, $1)`,
    rows: (rows) => rows.newHolds,
  },
  {
    name: 'gate_update_holds',
    text: `update retainer.hold h set scheduled_at = n.scheduled_at, status = n.status, expires_at = n.expires_at,
        units = n.units, receipt = n.receipt, flags = n.flags, step = n.step, quantity = n.quantity,
        settled_at = n.settled_at
      from json_populate_recordset(null::retainer.hold, $1) n
      where h.agency_id = n.agency_id and h.series_id = n.series_id and h.occurrence = n.occurrence`,
    rows: (rows) => rows.changedHolds,
  },
  {
    // Whole values, not differences: they were computed under the client's lock.
    name: 'gate_write_counters',
    text: `insert into retainer.usage_counter select * from json_populate_recordset(null::retainer.usage_counter, $1)
      on conflict (agency_id, client_id, meter, window_start, platform)
      do update set used = excluded.used, held = excluded.held, window_end = excluded.window_end`,
    rows: (rows) => rows.counters,
  },
  {
    name: 'gate_insert_ledger',
    text: `insert into retainer.usage_ledger
        (agency_id, client_id, series_id, occurrence, step, kind, meter, platform, window_start, d_used, d_held, at)
      select agency_id, client_id, series_id, occurrence, step, kind, meter, platform, window_start, d_used, d_held, at
      from json_populate_recordset(null::retainer.usage_ledger, $1)`,
    rows: (rows) => rows.ledger,
  },
  {
    name: 'gate_write_posts',
    text: `insert into retainer.post select * from json_populate_recordset(null::retainer.post, $1)
      on conflict (agency_id, client_id, post_id) do update set series_id = excluded.series_id, state = excluded.state,
        event_at = excluded.event_at, scheduled_at = excluded.scheduled_at, every_days = excluded.every_days,
        channels = excluded.channels, content_type = excluded.content_type, campaign_id = excluded.campaign_id,
        minutes_spent = excluded.minutes_spent, media_ids = excluded.media_ids, flags = excluded.flags`,
    rows: (rows) => rows.posts,
  },
  {
    name: 'gate_insert_placements',
    text: `insert into retainer.placement select * from json_populate_recordset(null::retainer.placement, $1)
      on conflict do nothing`,
    rows: (rows) => rows.placements,
  },
  {
    name: 'gate_write_media',
    text: `insert into retainer.media select * from json_populate_recordset(null::retainer.media, $1)
      on conflict (agency_id, client_id, media_id) do update set bytes = excluded.bytes, deleted = excluded.deleted`,
    rows: (rows) => rows.media,
  },
  {
    name: 'gate_rearm_alerts',
    text: `update retainer.alert a set rearmed_at = n.at from json_populate_recordset(null::retainer.alert, $1) n
      where a.agency_id = n.agency_id and a.client_id = n.client_id and a.meter = n.meter
        and a.threshold = n.threshold and a.rearmed_at is null`,
    rows: (rows) => rows.rearms,
  },
  {
    name: 'gate_insert_alerts',
    text: `insert into retainer.alert
        (agency_id, client_id, meter, window_start, window_end, threshold, limit_value, emitted, at)
      select agency_id, client_id, meter, window_start, window_end, threshold, limit_value, emitted, at
      from json_populate_recordset(null::retainer.alert, $1) on conflict do nothing`,
    rows: (rows) => rows.alerts,
  },
];

function rowsOf(agencyId: string, clientId: string, state: ClientState): Rows {
  const { changes } = state;
  const owner = { agency_id: agencyId, client_id: clientId };
  return {
    newHolds: [...changes.newHolds.values()].map((hold) => holdRow(owner, hold)),
    changedHolds: [...changes.changedHolds.values()].map((hold) => holdRow(owner, hold)),
    counters: [...state.counters.values()]
      .filter((counter) => counter.changed)
      .map(({ meter, platform, window, used, held }) => ({
        ...owner,
        meter,
        platform,
        window_start: stamp(window.start),
        window_end: stamp(window.end),
        used,
        held,
      })),
    ledger: changes.ledger.map((row) => ({
      ...owner,
      series_id: row.seriesId,
      occurrence: row.occurrence,
      step: row.step,
      kind: row.kind,
      meter: row.meter,
      platform: row.platform,
      window_start: stamp(row.windowStart),
      d_used: row.dUsed,
      d_held: row.dHeld,
      at: stamp(row.at),
    })),
    ...factRows(owner, state),
    alerts: changes.alerts.map(({ meter, window, threshold, limit, emitted, at }) => ({
      ...owner,
      meter,
      window_start: stamp(window.start),
      window_end: stamp(window.end),
      threshold,
      limit_value: limit,
      emitted,
      at: stamp(at),
    })),
    rearms: changes.rearms.map(({ meter, threshold, at }) => ({
      ...owner,
      meter,
      threshold,
      at: stamp(at),
    })),
  };
}

function factRows(
  owner: Row,
  { changes }: ClientState,
): Pick<Rows, 'posts' | 'placements' | 'media'> {
  return {
    posts: [...changes.posts.values()].map((post) => ({
      ...owner,
      post_id: post.postId,
      series_id: post.seriesId,
      state: post.state,
      event_at: stamp(post.eventAt),
      scheduled_at: post.scheduledAt === undefined ? undefined : stamp(post.scheduledAt),
      every_days: post.everyDays,
      channels: post.channels,
      content_type: post.contentType,
      campaign_id: post.campaignId,
      minutes_spent: post.minutesSpent,
      media_ids: post.mediaIds,
      flags: post.flags,
      created_at: stamp(post.createdAt),
    })),
    placements: changes.placements.map((row) => ({
      ...owner,
      post_id: row.postId,
      channel_id: row.channelId,
      occurrence: row.occurrence,
      platform: row.platform,
      published_at: stamp(row.publishedAt),
      series_id: row.seriesId,
      external_id: row.externalId,
      url: row.url,
    })),
    media: [...changes.media.values()].map((row) => ({
      ...owner,
      media_id: row.mediaId,
      series_id: row.seriesId,
      bytes: row.bytes,
      deleted: row.deleted,
      created_at: stamp(row.createdAt),
    })),
  };
}

function holdRow(owner: Row, hold: HoldRow): Row {
  const { window, lines } = hold.receipt;
  return {
    ...owner,
    series_id: hold.seriesId,
    occurrence: hold.occurrence,
    key: hold.key,
    payload_hash: hold.payloadHash,
    meter: hold.meter,
    quantity: hold.quantity,
    count_by: hold.countBy,
    scheduled_at: stamp(hold.scheduledAt),
    status: hold.status,
    expires_at: hold.expiresAt === undefined ? undefined : stamp(hold.expiresAt),
    units: hold.units,
    // Infinity is no JSON number: a level's window has no ends.
    receipt: { start: finite(window.start), end: finite(window.end), lines },
    flags: hold.flags,
    step: hold.step,
    answer: hold.answer,
    created_at: stamp(hold.createdAt),
    settled_at: hold.settledAt === undefined ? undefined : stamp(hold.settledAt),
  };
}

function finite(at: number): number | null {
  return Number.isFinite(at) ? at : null;
}

