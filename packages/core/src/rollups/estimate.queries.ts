import type { LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import type { Baseline, EstimatedWork } from './post-leaves.ts';

/** Whose time an estimate is, until somebody says otherwise. */
const AUTOMATION = 'automation';

// An estimate has one id however often it is made: ids break ties where days are shared.
const ID = `md5(concat_ws(chr(31), r."clientId", r."postId", r.occurrence))::uuid`;

/** What the agency assumes of its content types. */
export async function readBaselines(sql: SqlSession): Promise<Baseline[]> {
  const rows = await sql.query<{
    contentType: string;
    from: LocalDate;
    baselineSeconds: string;
    actualSeconds: string;
  }>(
    `select content_type as "contentType", from_date::text as "from", baseline_seconds::text as "baselineSeconds",
       actual_seconds::text as "actualSeconds"
     from retainer.time_saved_baseline where agency_id = current_setting('retainer.agency')`,
    [],
  );
  return rows.map((row) => ({
    ...row,
    baselineSeconds: Number(row.baselineSeconds),
    actualSeconds: Number(row.actualSeconds),
  }));
}

/** Writes the estimates as time entries, one a publication; what a person edited or deleted since stays as it is. */
export async function writeEstimates(
  sql: SqlSession,
  estimates: readonly EstimatedWork[],
  at: Date,
): Promise<void> {
  if (estimates.length === 0) return;
  await sql.query(
    `insert into retainer.time_entry as e (agency_id, id, client_id, campaign_id, person, activity, local_date, seconds,
       source, platform, content_type, post_id, occurrence, baseline_seconds, created_at)
     select current_setting('retainer.agency'), ${ID}, r."clientId", r."campaignId", '${AUTOMATION}', 'publishing',
       r.date, r.seconds, 'estimated', r.platform, r."contentType", r."postId", r.occurrence, r."baselineSeconds", $2
     from json_to_recordset($1::json) r("clientId" text, "campaignId" text, date date, seconds bigint, platform text,
       "contentType" text, "postId" text, occurrence text, "baselineSeconds" bigint)
     order by r."clientId", r."postId", r.occurrence
     on conflict (agency_id, client_id, post_id, occurrence) where source = 'estimated' do update
     set campaign_id = excluded.campaign_id, local_date = excluded.local_date, seconds = excluded.seconds,
       platform = excluded.platform, content_type = excluded.content_type, baseline_seconds = excluded.baseline_seconds
     where e.edited_at is null and e.deleted_at is null
       and (e.campaign_id, e.local_date, e.seconds, e.platform, e.content_type, e.baseline_seconds) is distinct from
         (excluded.campaign_id, excluded.local_date, excluded.seconds, excluded.platform, excluded.content_type,
          excluded.baseline_seconds)`,
    [JSON.stringify(estimates), at.toISOString()],
  );
}

/** Takes away estimates that nothing gives any more; what a person edited or deleted since stays as it is. */
export async function removeEstimates(
  sql: SqlSession,
  {
    posts,
    but,
  }: {
    readonly posts: readonly { readonly clientId: string; readonly ref: string }[];
    readonly but: readonly Pick<EstimatedWork, 'clientId' | 'postId' | 'occurrence'>[];
  },
): Promise<void> {
  await sql.query(
    `delete from retainer.time_entry e using (select distinct * from unnest($1::text[], $2::text[]) k(client_id, post_id)) k
     where e.agency_id = current_setting('retainer.agency') and e.client_id = k.client_id and e.post_id = k.post_id
       and e.source = 'estimated' and e.edited_at is null and e.deleted_at is null
       and not exists (select from unnest($3::text[], $4::text[], $5::text[]) b(client_id, post_id, occurrence)
         where b.client_id = e.client_id and b.post_id = e.post_id and b.occurrence = e.occurrence)`,
    [
      posts.map((post) => post.clientId),
      posts.map((post) => post.ref),
      but.map((estimate) => estimate.clientId),
      but.map((estimate) => estimate.postId),
      but.map((estimate) => estimate.occurrence),
    ],
  );
}
