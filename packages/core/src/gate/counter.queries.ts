import type { Count, Instant, Meter } from '@retainer/domain';

import { arrayText } from './array-text.ts';
import { windowKey, type ClientState, type Counter } from './client-state.ts';
import type { Statement } from './gate-session.ts';
import type { WantedWindow } from './needs.ts';
import { instant, json, MS, stamp, text, type Row } from './row-values.ts';

const COLUMNS = `u.client_id, u.meter, u.platforms, ${MS('u.window_start')} as window_start,
  ${MS('u.window_end')} as window_end, u.used, u.held, u.revision`;

/** All counters of some windows, each platform's too. */
export function countersStatement(
  agencyId: string,
  windows: readonly (WantedWindow & { readonly clientId: string })[],
): Statement {
  const sql = `select ${COLUMNS}
    from unnest($2::text[], $3::text[], $4::timestamptz[]) k(client_id, meter, start), lateral (
      select * from retainer.usage_counter t where t.agency_id = $1 and t.client_id = k.client_id
        and t.meter = k.meter and t.window_start = k.start offset 0) u`;
  return { name: 'gate_counters', text: sql, values: [agencyId, ...windowColumns(windows)] };
}

/** The counters of a meter from an instant on: what later windows have taken. */
export function futureCountersStatement(
  agencyId: string,
  future: { readonly clientId: string; readonly meter: Meter; readonly from: Instant },
): Statement {
  const sql = `select ${COLUMNS} from retainer.usage_counter u
    where u.agency_id = $1 and u.client_id = $2 and u.meter = $3 and u.window_start >= $4::timestamptz`;
  const values = [agencyId, future.clientId, future.meter, stamp(future.from)];
  return { name: 'gate_future_counters', text: sql, values };
}

/** A counter as a batch took it to be, without having read it under the lock. */
export interface TakenCounter extends WantedWindow {
  readonly clientId: string;
  readonly revision: number;
}

/** Ends the transaction unless each counter is still what it was taken to be. */
export function insistOnCounters(agencyId: string, taken: readonly TakenCounter[]): Statement {
  const sql = `select retainer.insist(not exists (
    select from unnest($2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) k(client_id, meter, start, revision)
    left join retainer.usage_counter u on u.agency_id = $1 and u.client_id = k.client_id and u.meter = k.meter
      and u.window_start = k.start
    where coalesce(u.revision, 0) <> k.revision))`;
  const revisions = arrayText(taken.map(({ revision }) => revision));
  const values = [agencyId, ...windowColumns(taken), revisions];
  return { name: 'gate_insist_counters', text: sql, values };
}

/** Puts counters that were read where the operations look for them. */
export function takeCounters(states: ReadonlyMap<string, ClientState>, rows: readonly Row[]): void {
  for (const row of rows) {
    const state = states.get(text(row['client_id']));
    if (!state) continue;
    const counter = counterOf(row);
    const key = windowKey(counter.meter, counter.window);
    if (!state.counters.has(key)) state.counters.set(key, counter);
  }
}

function windowColumns(
  windows: readonly (WantedWindow & { readonly clientId: string })[],
): string[] {
  return [
    arrayText(windows.map((one) => one.clientId)),
    arrayText(windows.map((one) => one.meter)),
    arrayText(windows.map((one) => stamp(one.start))),
  ];
}

function counterOf(row: Row): Counter {
  const counts = new Map<string, Count>([
    ['', { used: Number(row['used']), held: Number(row['held']) }],
  ]);
  for (const [platform, used, held] of json(row['platforms']) as [string, number, number][]) {
    counts.set(platform, { used, held });
  }
  return {
    meter: row['meter'] as Meter,
    window: { start: instant(row['window_start']), end: instant(row['window_end']) },
    counts,
    revision: Number(row['revision']),
    isRemembered: false,
    changed: false,
  };
}
