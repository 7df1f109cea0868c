import type { Pool } from 'pg';

import type { HookContext } from '../../hooks/tell-hook.ts';
import type { World } from '../../tenancy/testing/world.ts';

/** A counter as the database has it; `start` is the day its window begins, '' of a level. */
export interface CounterRow {
  readonly meter: string;
  readonly platform: string;
  readonly start: string;
  readonly used: number;
  readonly held: number;
}

/** How the hooks of a world are told at an instant. */
export function hookContext(world: World, gate: HookContext['gate'], at: string): HookContext {
  return {
    gate,
    agencyId: world.agencyId,
    now: () => new Date(at),
    unassignedChannels: () => Promise.resolve('allow'),
  };
}

interface Whose {
  readonly agencyId: string;
  readonly clientId: string;
}

/** Every counter of a client. */
export function readCounters(pool: Pool, whose: Whose): Promise<CounterRow[]> {
  return select<CounterRow>(
    pool,
    whose,
    `select meter, p.platform, case when isfinite(window_start) then window_start::date::text else '' end as start,
       p.used::float8 as used, p.held::float8 as held
     from retainer.usage_counter u, lateral (
       select '' as platform, u.used, u.held
       union all select line ->> 0, (line ->> 1)::bigint, (line ->> 2)::bigint
       from json_array_elements(u.platforms) line) p
     where agency_id = $1 and client_id = $2 order by 1, 2, 3`,
  );
}

/** What the receipts of a client's holds add up to: what its counters must say. */
export function sumReceipts(pool: Pool, whose: Whose): Promise<CounterRow[]> {
  return select<CounterRow>(
    pool,
    whose,
    `select meter, line ->> 'platform' as platform,
       coalesce((to_timestamp((receipt ->> 'start')::float8 / 1000) at time zone 'UTC')::date::text, '') as start,
       sum((line ->> 'used')::float8) as used, sum((line ->> 'held')::float8) as held
     from retainer.hold, json_array_elements(receipt -> 'lines') line
     where agency_id = $1 and client_id = $2 group by 1, 2, 3 order by 1, 2, 3`,
  );
}

/** A hold, and what it takes of its week. */
export interface TakenHold {
  readonly week: string;
  readonly taken: number;
  readonly flags: readonly string[];
}

/** What each of a client's holds of posts takes. */
export function readHolds(pool: Pool, whose: Whose): Promise<TakenHold[]> {
  return select<TakenHold>(
    pool,
    whose,
    `select (receipt ->> 'start') as week, flags,
       ((line ->> 'used')::float8 + (line ->> 'held')::float8) as taken
     from retainer.hold, json_array_elements(receipt -> 'lines') line
     where agency_id = $1 and client_id = $2 and meter = 'posts' and line ->> 'platform' = ''`,
  );
}

async function select<T>(pool: Pool, { agencyId, clientId }: Whose, text: string): Promise<T[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('retainer.agency', $1, true)", [agencyId]);
    const { rows } = await client.query(text, [agencyId, clientId]);
    return rows as T[];
  } finally {
    await client.query('rollback');
    client.release();
  }
}
