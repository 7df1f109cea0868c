import {
  LEVEL_DAYS,
  levelUse,
  limitAt,
  METERS,
  runOut,
  segmentAt,
  spanOf,
  windowUse,
  type Instant,
  type Limit,
  type Meter,
  type RunOut,
  type Use,
  type Window,
} from '@retainer/domain';

import type { OpenCounters } from './open-counters.ts';
import { openWindow, type Service, type ServedClient } from './served-clients.ts';

/** What a client may take of a meter now, and has taken. */
export interface Gauge {
  readonly client: ServedClient;
  readonly meter: Meter;
  readonly limit: Limit;
  readonly window: Window;
  readonly taken: number;
}

/** An allowance of a client, and when it runs out at the present pace. */
export interface Allowance extends Gauge {
  readonly use: Use;
  readonly found: RunOut;
}

/** By how much a level of a client grew in the days that its pace is told from. */
export type GrowthOf = (clientId: string, meter: Meter) => number;

/** How far back that is. */
export const LEVEL_MS = LEVEL_DAYS * 86_400_000;

/** What clients on a tier may take now, and have taken; a meter that is not in a tier is left out. */
export function gaugesOf({ now, clients }: Service, { takenBy }: OpenCounters): Gauge[] {
  const gauges: Gauge[] = [];
  for (const client of clients) {
    if (!segmentAt(client.policy, now)) continue;
    for (const meter of METERS) {
      const limit = limitAt(client.policy, { meter, platform: '' }, now);
      if (limit === undefined) continue;
      const window = openWindow(client.policy, meter, now);
      gauges.push({ client, meter, limit, window, taken: takenBy(client, meter) });
    }
  }
  return gauges;
}

/** When each of them runs out at the present pace. */
export function allowancesOf(
  gauges: readonly Gauge[],
  now: Instant,
  growthOf: GrowthOf,
): Allowance[] {
  return gauges.map((gauge) => {
    const { client, meter, limit, taken, window } = gauge;
    const use =
      spanOf(meter) === 'level'
        ? levelUse({ limit, taken, grown: growthOf(client.id, meter), now })
        : windowUse({ limit, taken, window, now });
    return { ...gauge, use, found: runOut(use) };
  });
}

/** Puts what runs out first at the front, and what does not at the end. */
export function bySoonest(a: Allowance, b: Allowance): number {
  const [first, second] = [a.found.at ?? Infinity, b.found.at ?? Infinity];
  if (first !== second) return first < second ? -1 : 1;
  if (a.client.id !== b.client.id) return a.client.id < b.client.id ? -1 : 1;
  return METERS.indexOf(a.meter) - METERS.indexOf(b.meter);
}
