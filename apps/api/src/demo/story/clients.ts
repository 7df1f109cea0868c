import type { LocalDate } from '@retainer/domain';

import type { Account, HostEvent } from '../scheduler.ts';
import { bakeryWeek } from './bakery.ts';
import { gymWeek } from './gym.ts';
import { hotelWeek } from './hotel.ts';

/** A client of the demo's agency. */
export interface DemoClient {
  readonly id: string;
  readonly name: string;
  /** The key of its tier. */
  readonly tier: 'bronze' | 'silver' | 'gold';
  readonly week: (of: Account) => readonly HostEvent[];
}

/** One client on each of the three default tiers. */
export const CLIENTS: readonly DemoClient[] = [
  { id: 'corner-bakery', name: 'Corner Bakery', tier: 'bronze', week: bakeryWeek },
  { id: 'tidal-gym', name: 'Tidal Gym', tier: 'silver', week: gymWeek },
  { id: 'lakeside-hotel', name: 'Lakeside Hotel', tier: 'gold', week: hotelWeek },
];

/** What the scheduler tells of the week that began on `monday`, and of the days since, up to `now`. */
export function storyOf(monday: LocalDate, now: Date): readonly HostEvent[] {
  return CLIENTS.flatMap(({ id, week }) => week({ clientId: id, monday }))
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
