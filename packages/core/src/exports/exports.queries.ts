import type { Pool } from 'pg';

/** Deletes exports of every agency whose time is over at an instant. */
export async function deleteExpiredExports(pool: Pool, at: Date): Promise<void> {
  await pool.query('select retainer.drop_expired_exports($1)', [at]);
}
