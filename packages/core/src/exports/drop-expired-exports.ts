import type { Pool } from 'pg';

import { deleteExpiredExports } from './exports.queries.ts';

/** Throws the files away whose time is over, of every agency. */
export async function dropExpiredExports(pool: Pool, at: Date): Promise<void> {
  await deleteExpiredExports(pool, at);
}
