import type { Instant, Meter, Policy, Unit } from '@retainer/domain';

import { arrayText } from './array-text.ts';
import {
  indexHold,
  type ClientState,
  type HoldRow,
  type MediaRow,
  type PostRow,
} from './client-state.ts';
import type { Statement } from './gate-session.ts';
import { instant, json, MS, optional, stamp, text, type Row } from './row-values.ts';

// One index look-up for each name; "offset 0" keeps the planner from turning it into a scan of the agency.
function each(table: 'hold' | 'post' | 'media', column: string): string {
  return `lateral (select * from retainer.${table} t
    where t.agency_id = $1 and t.client_id = k.client_id and t.${column} = k.name offset 0)`;
}

/** Names the agency whose rows this transaction may see. */
export function agencyStatement(agencyId: string): Statement {
  const sql = "select set_config('retainer.agency', $1, true)";
  return { name: 'gate_agency', text: sql, values: [agencyId] };
}

/** Locks clients in one order for all, and tells which view of them is current. */
export function lockStatement(
  agencyId: string,
  clientIds: readonly string[],
  options: { readonly lock: boolean },
): Statement {
  const lock = options.lock ? ' for update' : '';
  const sql = `select id, version from retainer.client where agency_id = $1 and id = any($2::text[]) order by id${lock}`;
  const name = options.lock ? 'gate_lock' : 'gate_look';
  return { name, text: sql, values: [agencyId, arrayText(clientIds)] };
}

/** Locks clients like `lockStatement`, and ends the transaction unless each still has the promises that are known. */
export function insistOnPolicies(agencyId: string, known: readonly Policy[]): Statement {
  const sql = `select retainer.insist((
    select count(*) from (
      select id, version from retainer.client where agency_id = $1 and id = any($2::text[]) order by id for update) c
    join unnest($2::text[], $3::bigint[]) k(id, version) on k.id = c.id and k.version = c.version
  ) = cardinality($2::text[]))`;
  const ids = arrayText(known.map(({ clientId }) => clientId));
  const versions = arrayText(known.map(({ version }) => version));
  return { name: 'gate_insist_policies', text: sql, values: [agencyId, ids, versions] };
}

/** A client and something of it that is named by text. */
export interface Named {
  readonly clientId: string;
  readonly name: string;
}

const HOLD_COLUMNS = `h.client_id, h.series_id, h.occurrence, h.key, h.payload_hash, h.meter, h.quantity, h.count_by,
  ${MS('h.scheduled_at')} as scheduled_at, h.status, ${MS('h.expires_at')} as expires_at, h.units, h.receipt,
  h.flags, h.step, h.answer::text as answer, ${MS('h.created_at')} as created_at, ${MS('h.settled_at')} as settled_at`;

/** Every hold of the series that keys, posts and reservation ids lead to. */
export function holdsStatement(
  agencyId: string,
  wanted: {
    readonly keys: readonly Named[];
    readonly postIds: readonly Named[];
    readonly seriesIds: readonly Named[];
    readonly mediaIds: readonly Named[];
  },
): Statement {
  const sql = `
with wanted as (
  select h.series_id, k.client_id from unnest($2::text[], $3::text[]) k(client_id, name), ${each('hold', 'key')} h
  union select p.series_id, k.client_id from unnest($4::text[], $5::text[]) k(client_id, name), ${each('post', 'post_id')} p
  union select k.name::uuid, k.client_id from unnest($6::text[], $7::text[]) k(client_id, name)
  union select m.series_id, k.client_id from unnest($8::text[], $9::text[]) k(client_id, name), ${each('media', 'media_id')} m)
select ${HOLD_COLUMNS} from wanted w, lateral (
  select * from retainer.hold t where t.agency_id = $1 and t.series_id = w.series_id offset 0) h
where h.client_id = w.client_id`;
  const lists = [wanted.keys, wanted.postIds, wanted.seriesIds, wanted.mediaIds].flatMap(columns);
  return { name: 'gate_holds', text: sql, values: [agencyId, ...lists] };
}

/** Holds found by key alone, which is all that reserving asks for. */
export function holdsByKeyStatement(agencyId: string, keys: readonly Named[]): Statement {
  const sql = `select ${HOLD_COLUMNS} from unnest($2::text[], $3::text[]) k(client_id, name), ${each('hold', 'key')} h`;
  return { name: 'gate_holds_by_key', text: sql, values: [agencyId, ...columns(keys)] };
}

/** Holds of one client that the sweep must end, or that a changed calendar may move. */
export function holdsInTimeStatement(
  agencyId: string,
  clientId: string,
  time: { readonly dueBy: Instant | undefined; readonly scheduledFrom: Instant | undefined },
): Statement {
  if (time.dueBy !== undefined) {
    const sql = `select ${HOLD_COLUMNS} from retainer.hold h
      where h.agency_id = $1 and h.client_id = $2 and h.status = 'held' and h.expires_at <= $3::timestamptz
      order by h.expires_at limit 1000`;
    return { name: 'gate_due', text: sql, values: [agencyId, clientId, stamp(time.dueBy)] };
  }
  // What was published ahead of its time is rare, and found only if a counter says there is any.
  const sql = `select ${HOLD_COLUMNS} from retainer.hold h
    where h.agency_id = $1 and h.client_id = $2 and h.status = 'held' and h.scheduled_at >= $3::timestamptz
    union all
    select ${HOLD_COLUMNS} from retainer.hold h
    where h.agency_id = $1 and h.client_id = $2 and h.status = 'committed' and h.scheduled_at >= $3::timestamptz
      and exists (select from retainer.usage_counter u where u.agency_id = $1 and u.client_id = $2
        and u.window_start >= $3::timestamptz and u.window_start < 'infinity' and u.used > 0)`;
  const from = stamp(time.scheduledFrom ?? 0);
  return { name: 'gate_scheduled', text: sql, values: [agencyId, clientId, from] };
}

/** Posts as last told. */
export function postsStatement(agencyId: string, posts: readonly Named[]): Statement {
  const sql = `select p.client_id, p.post_id, p.series_id, p.state, ${MS('p.event_at')} as event_at,
      ${MS('p.scheduled_at')} as scheduled_at, p.every_days, p.channels, p.content_type, p.campaign_id,
      p.minutes_spent::float8 as minutes_spent, p.media_ids, p.flags, ${MS('p.created_at')} as created_at
    from unnest($2::text[], $3::text[]) k(client_id, name), ${each('post', 'post_id')} p`;
  return { name: 'gate_posts', text: sql, values: [agencyId, ...columns(posts)] };
}

/** Media as last told. */
export function mediaStatement(agencyId: string, media: readonly Named[]): Statement {
  const sql = `select m.client_id, m.media_id, m.series_id, m.bytes::float8 as bytes, m.deleted,
      ${MS('m.created_at')} as created_at
    from unnest($2::text[], $3::text[]) k(client_id, name), ${each('media', 'media_id')} m`;
  return { name: 'gate_media', text: sql, values: [agencyId, ...columns(media)] };
}

/** Every tier of the agency that can be assigned, latest version, cheapest first. */
export function offersStatement(agencyId: string): Statement {
  const sql = `select distinct on (t.id) t.id, t.key, t.name, v.features, v.limits, v.count_by, v.enforcement,
      v.monthly_minor::float8 as monthly_minor
    from retainer.tier t join retainer.tier_version v on v.agency_id = t.agency_id and v.tier_id = t.id
    where t.agency_id = $1 and t.archived_at is null order by t.id, v.version desc`;
  return { name: 'gate_offers', text: sql, values: [agencyId] };
}

/** Puts what was read where the operations look for it. */
export function takeHolds(states: ReadonlyMap<string, ClientState>, rows: readonly Row[]): void {
  for (const row of rows) {
    const state = states.get(text(row['client_id']));
    const hold = holdOf(row);
    // What the batch knows already may be newer than what the database holds.
    if (state && !state.series.get(hold.seriesId)?.has(hold.occurrence)) indexHold(state, hold);
  }
}

/** As `takeHolds`, for posts. */
export function takePosts(states: ReadonlyMap<string, ClientState>, rows: readonly Row[]): void {
  for (const row of rows)
    states.get(text(row['client_id']))?.posts.set(text(row['post_id']), postOf(row));
}

/** As `takeHolds`, for media. */
export function takeMedia(states: ReadonlyMap<string, ClientState>, rows: readonly Row[]): void {
  for (const row of rows) {
    states.get(text(row['client_id']))?.media.set(text(row['media_id']), mediaOf(row));
  }
}

function columns(named: readonly Named[]): string[] {
  return [named.map((one) => one.clientId), named.map((one) => one.name)].map(arrayText);
}

function holdOf(row: Row): HoldRow {
  const receipt = json(row['receipt']) as {
    start: number | null;
    end: number | null;
    lines: HoldRow['receipt']['lines'];
  };
  return {
    seriesId: text(row['series_id']),
    occurrence: text(row['occurrence']),
    key: optional(row['key']),
    payloadHash: optional(row['payload_hash']),
    meter: row['meter'] as Meter,
    quantity: Number(row['quantity']),
    countBy: row['count_by'] as HoldRow['countBy'],
    scheduledAt: instant(row['scheduled_at']),
    status: row['status'] as HoldRow['status'],
    expiresAt: row['expires_at'] === null ? undefined : instant(row['expires_at']),
    units: json(row['units']) as Unit[],
    receipt: {
      window: { start: receipt.start ?? -Infinity, end: receipt.end ?? Infinity },
      lines: receipt.lines,
    },
    flags: json(row['flags']) as HoldRow['flags'],
    step: Number(row['step']),
    answer: optional(row['answer']),
    createdAt: instant(row['created_at']),
    settledAt: row['settled_at'] === null ? undefined : instant(row['settled_at']),
  };
}

function postOf(row: Row): PostRow {
  return {
    postId: text(row['post_id']),
    seriesId: optional(row['series_id']),
    state: row['state'] as PostRow['state'],
    eventAt: instant(row['event_at']),
    scheduledAt: row['scheduled_at'] === null ? undefined : instant(row['scheduled_at']),
    everyDays: row['every_days'] === null ? undefined : Number(row['every_days']),
    channels: json(row['channels']) as PostRow['channels'],
    contentType: optional(row['content_type']),
    campaignId: optional(row['campaign_id']),
    minutesSpent: row['minutes_spent'] === null ? undefined : Number(row['minutes_spent']),
    mediaIds: json(row['media_ids']) as string[],
    flags: json(row['flags']) as string[],
    createdAt: instant(row['created_at']),
  };
}

function mediaOf(row: Row): MediaRow {
  return {
    mediaId: text(row['media_id']),
    seriesId: text(row['series_id']),
    bytes: Number(row['bytes']),
    deleted: row['deleted'] === true,
    createdAt: instant(row['created_at']),
  };
}
