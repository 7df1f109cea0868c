import type { EntityManager } from '@mikro-orm/postgresql';
import { METERS, type Count, type Instant, type Meter, type Window } from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';

/** What is taken in one window, of a meter as a whole or ('' otherwise) on one platform. */
export interface TakenCounter extends Count {
  readonly meter: Meter;
  readonly platform: string;
  readonly window: Window;
}

interface CounterRow {
  readonly meter: string;
  readonly platform: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly used: string;
  readonly held: string;
}

/** What a client has taken in the windows that are open at an instant, or begin later. */
export async function readTakenFrom(
  em: EntityManager,
  { clientId, from }: { readonly clientId: string; readonly from: Instant },
): Promise<TakenCounter[]> {
  const rows = await sqlSession(em).query<CounterRow>(
    `select meter, platform, p.used, p.held,
       case when isfinite(window_start) then (extract(epoch from window_start) * 1000)::float8 end as start,
       case when isfinite(window_end) then (extract(epoch from window_end) * 1000)::float8 end as end
     from retainer.usage_counter u, lateral (
       select '' as platform, u.used, u.held
       union all select line ->> 0, (line ->> 1)::bigint, (line ->> 2)::bigint
       from json_array_elements(u.platforms) line) p
     where agency_id = current_setting('retainer.agency') and client_id = $1
       and window_end > $2 and p.used + p.held > 0
     order by meter, window_start, platform`,
    [clientId, new Date(from).toISOString()],
  );
  return rows.flatMap((row) => {
    const meter = METERS.find((name) => name === row.meter);
    if (!meter) return [];
    const { platform } = row;
    const window = { start: row.start ?? -Infinity, end: row.end ?? Infinity };
    return [{ meter, platform, window, used: Number(row.used), held: Number(row.held) }];
  });
}
