import {
  LEVEL_DAYS,
  levelUse,
  limitAt,
  METERS,
  runOut,
  segmentAt,
  spanOf,
  windowUse,
  type Limit,
  type Meter,
  type RunOut,
  type Use,
  type Window,
} from '@retainer/domain';

import type { OpenCounters } from './open-counters.ts';
import { openWindow, type Service, type ServedClient } from './served-clients.ts';

/** An allowance of a client, and when it runs out at the present pace. */
export interface Allowance {
  readonly client: ServedClient;
  readonly meter: Meter;
  readonly limit: Limit | undefined;
  readonly window: Window;
  readonly use: Use;
  readonly found: RunOut;
}

/** By how much a level of a client grew in the days that its pace is told from. */
export type GrowthOf = (clientId: string, meter: Meter) => number;

/** How far back that is. */
export const LEVEL_MS = LEVEL_DAYS * 86_400_000;

/** What some clients have taken of what their tiers grant now; a meter that is not in a tier is left out. */
export function allowancesOf(
  { now, clients }: Service,
  { takenBy }: OpenCounters,
  growthOf: GrowthOf,
): Allowance[] {
  return clients.flatMap((client) => {
    if (!segmentAt(client.policy, now)) return [];
    return METERS.flatMap((meter): Allowance[] => {
      const limit = limitAt(client.policy, { meter, platform: '' }, now);
      if (limit === undefined) return [];
      const window = openWindow(client.policy, meter, now);
      const taken = takenBy(client, meter);
      const use =
        spanOf(meter) === 'level'
          ? levelUse({ limit, taken, grown: growthOf(client.id, meter), now })
          : windowUse({ limit, taken, window, now });
      return [{ client, meter, limit, window, use, found: runOut(use) }];
    });
  });
}

/** Puts what runs out first at the front, and what does not at the end. */
export function bySoonest(a: Allowance, b: Allowance): number {
  const [first, second] = [a.found.at ?? Infinity, b.found.at ?? Infinity];
  if (first !== second) return first < second ? -1 : 1;
  if (a.client.id !== b.client.id) return a.client.id < b.client.id ? -1 : 1;
  return METERS.indexOf(a.meter) - METERS.indexOf(b.meter);
}
