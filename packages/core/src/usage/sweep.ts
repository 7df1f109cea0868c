import type { Pool } from 'pg';

import { LEDGER_AHEAD } from '../db/migrate.ts';
import type { Gate } from '../gate/gate.ts';
import type { Log } from '../kernel/log.ts';
import {
  selectAgenciesToSweep,
  selectAgencyIds,
  selectDrift,
  selectDueClients,
  selectRecurringPosts,
} from './usage.queries.ts';

/** What upkeep needs: it works across agencies, one transaction each. */
export interface Upkeep {
  readonly gate: Pick<Gate, 'submit'>;
  readonly pool: Pool;
  readonly now: Date;
  /** One agency alone; all of them when left out. */
  readonly agencyId: string | undefined;
}

const ROUNDS = 10_000;

/** Releases every hold past its end, once, and holds the occurrences of recurring posts that came into reach. */
export async function sweep(upkeep: Upkeep): Promise<{ readonly expired: number }> {
  const { pool, now, agencyId } = upkeep;
  const agencies = agencyId === undefined ? await selectAgenciesToSweep(pool, now) : [agencyId];
  let expired = 0;
  for (const id of agencies) {
    expired += await expireDue(upkeep, id);
    await extendRecurring(upkeep, id);
  }
  return { expired };
}

/** A counter that is not what its ledger adds up to. */
export interface Drift {
  readonly agencyWorkspaceId: string;
  readonly clientWorkspaceId: string;
  readonly meter: string;
  readonly platform: string | null;
  readonly windowStart: string;
  readonly counter: { readonly used: number; readonly held: number };
  readonly ledger: { readonly used: number; readonly held: number };
}

/** Makes the ledger's partitions of the months to come, and says loudly where a counter drifted. */
export async function keepNightly(pool: Pool, log: Log): Promise<void> {
  await pool.query(LEDGER_AHEAD);
  const drift = await findDrift(pool, undefined);
  if (drift.length > 0)
    log.error({ drift: drift.slice(0, 20) }, 'Counters differ from their ledger');
}

/** Compares every counter with its ledger; empty when all is well. */
export async function findDrift(pool: Pool, agencyId: string | undefined): Promise<Drift[]> {
  const agencies = agencyId === undefined ? await selectAgencyIds(pool) : [agencyId];
  const drift: Drift[] = [];
  for (const id of agencies) {
    const rows = await selectDrift(pool, id);
    drift.push(
      ...rows.map((row) => ({
        agencyWorkspaceId: id,
        clientWorkspaceId: row.client_id,
        meter: row.meter,
        platform: row.platform || null,
        windowStart: row.window_start,
        counter: { used: row.used, held: row.held },
        ledger: { used: row.ledger_used, held: row.ledger_held },
      })),
    );
  }
  return drift;
}

// A client's due holds are expired a thousand at a time, so that its lock is never held for long.
async function expireDue({ gate, pool, now }: Upkeep, agencyId: string): Promise<number> {
  let expired = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const clients = await selectDueClients(pool, agencyId, now);
    if (clients.length === 0) return expired;
    const op = { type: 'expire', now: now.getTime() } as const;
    const counts = await Promise.all(clients.map((id) => gate.submit(agencyId, id, op)));
    const sum = counts.reduce((total, count) => total + count, 0);
    expired += sum;
    if (sum === 0) return expired;
  }
  return expired;
}

async function extendRecurring({ gate, pool, now }: Upkeep, agencyId: string): Promise<void> {
  const clients = await selectRecurringPosts(pool, agencyId);
  for (const { client_id: clientId, post_ids: postIds } of clients) {
    await gate.submit(agencyId, clientId, { type: 'extend', now: now.getTime(), postIds });
  }
}
