import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { LeafKind } from './leaf.ts';

/** A cost that is a client's own: ad spend, or any other. */
export interface CostRow {
  readonly clientId: string;
  readonly id: string;
  readonly kind: Extract<LeafKind, 'ad_spend' | 'other'>;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly amountMinor: string;
  readonly currency: string;
}

/** The costs of these ids that still stand. */
export async function readCosts(sql: SqlSession, ids: readonly string[]): Promise<CostRow[]> {
  return sql.query(
    `select client_id as "clientId", id, kind, from_date::text as "from", to_date::text as "to",
       campaign_id as "campaignId", platform, amount_minor::text as "amountMinor", currency
     from retainer.client_cost
     where agency_id = current_setting('retainer.agency') and id = any ($1::uuid[]) and deleted_at is null`,
    [ids],
  );
}

/** A lead, a conversion or revenue, with what its post says where it says nothing itself. */
export interface ConversionRow {
  readonly clientId: string;
  readonly id: string;
  readonly kind: Extract<LeafKind, 'lead' | 'conversion' | 'revenue'>;
  readonly date: LocalDate;
  readonly count: string;
  readonly amountMinor: string | null;
  readonly currency: string | null;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly postId: string | null;
  readonly contentType: string | null;
}

/** The conversion facts of these ids that still stand. */
export async function readConversions(
  sql: SqlSession,
  ids: readonly string[],
): Promise<ConversionRow[]> {
  return sql.query(
    `select c.client_id as "clientId", c.id, c.kind, c.local_date::text as date, c.count::text,
       c.amount_minor::text as "amountMinor", c.currency, coalesce(c.campaign_id, p.campaign_id) as "campaignId",
       c.platform, c.post_id as "postId", coalesce(c.content_type, p.content_type) as "contentType"
     from retainer.conversion c
     left join retainer.post p on p.agency_id = c.agency_id and p.client_id = c.client_id and p.post_id = c.post_id
     where c.agency_id = current_setting('retainer.agency') and c.id = any ($1::uuid[]) and c.deleted_at is null`,
    [ids],
  );
}

/** One publication of a post: all its placements of one occurrence. */
export interface PublicationRow {
  readonly clientId: string;
  readonly postId: string;
  readonly occurrence: string;
  /** Milliseconds since 1970, of the first placement. */
  readonly publishedAt: number;
  readonly platforms: readonly string[];
  readonly contentType: string | null;
  readonly campaignId: string | null;
  readonly minutesSpent: string | null;
}

/** What became public of these posts. */
export async function readPublications(
  sql: SqlSession,
  posts: readonly { readonly clientId: string; readonly ref: string }[],
): Promise<PublicationRow[]> {
  return sql.query(
    `select pl.client_id as "clientId", pl.post_id as "postId", pl.occurrence,
       (extract(epoch from min(pl.published_at)) * 1000)::float8 as "publishedAt",
       array_agg(distinct pl.platform) as platforms, p.content_type as "contentType",
       p.campaign_id as "campaignId", p.minutes_spent::text as "minutesSpent"
     from (select distinct * from unnest($1::text[], $2::text[]) k(client_id, post_id)) k
     join retainer.placement pl on pl.agency_id = current_setting('retainer.agency')
       and pl.client_id = k.client_id and pl.post_id = k.post_id
     left join retainer.post p on p.agency_id = pl.agency_id and p.client_id = pl.client_id and p.post_id = pl.post_id
     group by pl.client_id, pl.post_id, pl.occurrence, p.content_type, p.campaign_id, p.minutes_spent`,
    [posts.map((post) => post.clientId), posts.map((post) => post.ref)],
  );
}

/** The days that these posts were measured on, and the facts that name them. */
export async function readTouchedByPosts(
  sql: SqlSession,
  posts: readonly { readonly clientId: string; readonly ref: string }[],
): Promise<{
  days: { clientId: string; date: LocalDate }[];
  conversions: { clientId: string; id: string }[];
}> {
  const values = [posts.map((post) => post.clientId), posts.map((post) => post.ref)];
  const days = await sql.query<{ clientId: string; date: LocalDate }>(
    `select distinct k.client_id as "clientId", o.local_date::text as date
     from (select distinct * from unnest($1::text[], $2::text[]) k(client_id, post_id)) k
     join retainer.series s on s.agency_id = current_setting('retainer.agency') and s.client_id = k.client_id
       and s.level = 'post' and s.subject = k.post_id
     join retainer.observation o on o.agency_id = s.agency_id and o.series_id = s.id`,
    values,
  );
  const conversions = await sql.query<{ clientId: string; id: string }>(
    `select c.client_id as "clientId", c.id from retainer.conversion c join unnest($1::text[], $2::text[]) k(client_id, post_id)
       on c.client_id = k.client_id and c.post_id = k.post_id
     where c.agency_id = current_setting('retainer.agency')`,
    values,
  );
  return { days, conversions };
}

/** The days on which a measured day's successor in some series lies: its growth counts from there. */
export async function readFollowingDays(
  sql: SqlSession,
  keys: readonly { readonly clientId: string; readonly date: LocalDate }[],
): Promise<{ clientId: string; date: LocalDate }[]> {
  return sql.query(
    `select distinct k.client_id as "clientId", n.local_date::text as date
     from unnest($1::text[], $2::date[]) k(client_id, d)
     join retainer.observation o on o.agency_id = current_setting('retainer.agency')
       and o.client_id = k.client_id and o.local_date = k.d
     cross join lateral (
       select n.local_date from retainer.observation n
       where n.agency_id = o.agency_id and n.series_id = o.series_id and n.at > o.at
       order by n.at limit 1) n
     where n.local_date > k.d`,
    [keys.map((key) => key.clientId), keys.map((key) => key.date)],
  );
}

/** The time entries that have a part in these days. */
export async function readEntriesOn(
  sql: SqlSession,
  days: readonly { readonly clientId: string; readonly date: LocalDate }[],
): Promise<{ clientId: string; ref: string }[]> {
  return sql.query(
    `select distinct l.client_id as "clientId", l.fact_id as ref
     from unnest($1::text[], $2::date[]) k(client_id, d)
     join retainer.leaf l on l.agency_id = current_setting('retainer.agency') and l.client_id = k.client_id
       and l.from_date = k.d and l.kind = 'time'`,
    [days.map((day) => day.clientId), days.map((day) => day.date)],
  );
}
