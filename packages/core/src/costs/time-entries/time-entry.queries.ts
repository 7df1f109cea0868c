import type { EntityManager } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import { sqlSession } from '../../db/sql-session.ts';
import type { Fresh } from '../../kernel/take-keyed.ts';
import type { EntryTimes, EntryWork } from './time-entry-input.ts';
import type { TimeEntry, TimeEntrySource } from './time-entry.entity.ts';

/** What is kept of an entry, and how it came. */
export type EntryContent = EntryTimes & EntryWork & Pick<TimeEntry, 'source'>;

/**
 * Adds entries of one client, but none whose key is taken and no second running timer of a person, also by another
 * transaction that adds it now; answers the ids of those it added.
 */
export async function insertTimeEntries(
  em: EntityManager,
  owner: { readonly agencyId: string; readonly clientId: string; readonly createdAt: Date },
  entries: readonly Fresh<EntryContent>[],
): Promise<Set<string>> {
  // In one order for all, so that two imports of the same keys cannot wait for each other.
  const sorted = entries.toSorted((a, b) => compare(a.key ?? '', b.key ?? ''));
  const rows = sorted.map(({ id, key, row }) => {
    return { ...row, id, key, rateMinor: row.rateMinor?.toString() ?? null };
  });
  const added = await sqlSession(em).query<{ id: string }>(INSERT, [
    owner.agencyId,
    owner.clientId,
    owner.createdAt,
    JSON.stringify(rows),
  ]);
  return new Set(added.map(({ id }) => id));
}

const INSERT = `
insert into retainer.time_entry (agency_id, client_id, source, created_at, id, campaign_id, person, role, activity,
  note, started_at, ended_at, local_date, seconds, billable, rate_minor, currency, platform, content_type, key)
select $1, $2, e.source, $3, e.id, e."campaignId", e.person, e.role, e.activity, e.note, e."startedAt", e."endedAt",
  e."localDate", e.seconds, e.billable, e."rateMinor", e.currency, e.platform, e."contentType", e.key
from json_to_recordset($4::json) e(id uuid, source text, "campaignId" text, person text, role text, activity text, note text,
  "startedAt" timestamptz, "endedAt" timestamptz, "localDate" date, seconds bigint, billable boolean,
  "rateMinor" bigint, currency text, platform text, "contentType" text, key text)
on conflict do nothing
returning id`;

/** A span of instants that a client's entries must touch. */
export interface ClientSpan {
  readonly clientId: string;
  /** Text that PostgreSQL reads as a timestamp, `-infinity` and `infinity` among them. */
  readonly starts: string;
  readonly ends: string;
}

/** Which entries are wanted, and from where on. What is undefined does not matter. */
export interface EntryFilter {
  readonly agencyId: string;
  readonly clientId: string | undefined;
  readonly campaignId: string | undefined;
  readonly person: string | undefined;
  readonly source: TimeEntrySource | undefined;
  readonly billable: boolean | undefined;
  readonly startDate: LocalDate | undefined;
  readonly endDate: LocalDate | undefined;
  /** For each client the instants of these dates; none where every date is wanted. */
  readonly spans: readonly ClientSpan[] | undefined;
  /** An entry belongs to the day it started on, however long it went on. */
  readonly byStart: boolean;
  /** Leaves out what has a rate of its own, and what began later: those cannot lack one. */
  readonly unratedUntil: LocalDate | undefined;
  readonly now: Date;
  readonly after: EntryPlace | undefined;
  readonly limit: number;
}

/** Where an entry stands in a list: its date, or in UTC the one it started on, and its id. */
export interface EntryPlace {
  readonly day: LocalDate;
  readonly id: string;
}

/** The wanted entries, the latest first. */
export async function readEntryPlaces(
  em: EntityManager,
  filter: EntryFilter,
): Promise<EntryPlace[]> {
  const { spans, after } = filter;
  return sqlSession(em).query<EntryPlace>(spans ? PLACES_IN_SPANS : PLACES, [
    filter.agencyId,
    filter.clientId,
    filter.campaignId,
    filter.person,
    filter.source,
    filter.billable,
    filter.unratedUntil,
    after?.day,
    after?.id,
    filter.limit,
    ...(spans
      ? [
          filter.startDate,
          filter.endDate,
          spans.map(({ clientId }) => clientId),
          spans.map(({ starts }) => starts),
          spans.map(({ ends }) => ends),
          filter.byStart,
          filter.now,
        ]
      : []),
  ]);
}

// The expression of the index.
const DAY = `coalesce(e.local_date, (e.started_at at time zone 'UTC')::date)`;

const WANTED = `e.agency_id = $1 and e.deleted_at is null
  and ($2::text is null or e.client_id = $2) and ($3::text is null or e.campaign_id = $3)
  and ($4::text is null or e.person = $4) and ($5::text is null or e.source = $5)
  and ($6::boolean is null or e.billable = $6)
  and ($7::date is null or (e.rate_minor is null and ${DAY} <= $7))
  and ($8::date is null or (${DAY}, e.id) < ($8, $9::uuid))`;

const LATEST_FIRST = `order by ${DAY} desc, e.id desc limit $10`;

const PLACES = `
select e.id, ${DAY}::text as day from retainer.time_entry e where ${WANTED} ${LATEST_FIRST}`;

const PLACES_IN_SPANS = `
select e.id, ${DAY}::text as day from retainer.time_entry e
join unnest($13::text[], $14::timestamptz[], $15::timestamptz[]) s(client_id, starts, ends)
  on s.client_id = e.client_id
where ${WANTED}
  and case when e.local_date is not null
    then ($11::date is null or e.local_date >= $11) and ($12::date is null or e.local_date <= $12)
    else e.started_at < s.ends and (e.started_at >= s.starts
      or (not $16::boolean and coalesce(e.ended_at, $17) > s.starts)) end
${LATEST_FIRST}`;

/** The billable entries of these clients that touch a day from the first to the last, by any of their calendars. */
export async function readBillableIds(
  em: EntityManager,
  of: {
    readonly agencyId: string;
    readonly clientIds: readonly string[];
    readonly first: LocalDate;
    readonly last: LocalDate;
  },
): Promise<string[]> {
  // No local day is further than one from the same day of UTC.
  const rows = await sqlSession(em).query<{ id: string }>(
    `select e.id from retainer.time_entry e
     where e.agency_id = $1 and e.client_id = any ($2::text[]) and e.billable and e.deleted_at is null
       and ${DAY} <= $4::date + 1
       and coalesce(e.local_date, (e.ended_at at time zone 'UTC')::date) >= $3::date - 1`,
    [of.agencyId, of.clientIds, of.first, of.last],
  );
  return rows.map(({ id }) => id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
