import pg from 'pg';

import { openSlow, slowDashboard } from './slow-dashboard.ts';
import type { SlowAsk } from './slow-period.ts';

/** The `slowDashboard` of each ask, of an agency on a database that is reached as its owner. */
export async function slowDashboardsOf(
  ownerUrl: string,
  of: { readonly agencyId: string; readonly asks: readonly SlowAsk[]; readonly now: string },
): Promise<Readonly<Record<string, unknown>>[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`select set_config('retainer.agency', $1, false)`, [of.agencyId]);
    const sql = {
      query: async <T>(text: string, values: readonly unknown[]): Promise<T[]> => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller knows its own statement
        return (await owner.query(text, [...values])).rows as T[];
      },
    };
    const world = await openSlow(sql);
    return of.asks.map((ask) => slowDashboard(world, ask, Date.parse(of.now)));
  } finally {
    await owner.end();
  }
}
