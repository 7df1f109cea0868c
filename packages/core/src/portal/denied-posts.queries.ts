import type { SqlSession } from '../db/sql-session.ts';

/** A post that was refused and whose time is still to come. */
export interface DeniedPostRow {
  readonly postId: string;
  readonly scheduledAt: Date;
  readonly everyDays: number | null;
  readonly channels: readonly { readonly id: string; readonly platform: string }[];
}

/** The refused posts of a client whose time is to come, the next ones first. */
export async function selectDeniedPosts(
  sql: SqlSession,
  of: { readonly clientId: string; readonly after: Date; readonly limit: number },
): Promise<DeniedPostRow[]> {
  const rows = await sql.query<
    Omit<DeniedPostRow, 'scheduledAt'> & { readonly scheduledAtMs: number }
  >(
    `select post_id as "postId", (extract(epoch from scheduled_at) * 1000)::float8 as "scheduledAtMs",
       every_days as "everyDays", channels
     from retainer.post
     where agency_id = current_setting('retainer.agency') and client_id = $1
       and state = 'denied' and scheduled_at > $2
     order by scheduled_at, post_id limit $3`,
    [of.clientId, of.after, of.limit],
  );
  return rows.map(({ scheduledAtMs, ...row }) => ({
    ...row,
    scheduledAt: new Date(scheduledAtMs),
  }));
}
