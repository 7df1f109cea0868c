import type { EntityManager } from '@mikro-orm/postgresql';
import {
  addDays,
  calendarDateOf,
  type CalendarEpoch,
  type Instant,
  type LocalDate,
  type TierDates,
} from '@retainer/domain';

import { sqlSession } from '../db/sql-session.ts';
import { calendarDays } from '../rollups/active-days.ts';
import { readEpochs } from '../rollups/figures-world.ts';
import type { DateRange } from '../rollups/sums.ts';
import { readFirstTold, type FirstTold } from '../value/tracking/first-told.ts';
import {
  readClients,
  readTierTimes,
  type ClientRow,
  type ClientWindow,
  type TierTimeRow,
} from './kpi.queries.ts';

/** What is known of a client whatever the period: when it came and went, its tiers, and what it ever told. */
export interface RosterClient {
  readonly id: string;
  /** Of its promises: whatever changes what it was promised raises it. */
  readonly version: number;
  readonly name: string;
  /** Null: the agency's. */
  readonly currency: string | null;
  readonly epochs: readonly CalendarEpoch[];
  readonly registeredOn: LocalDate;
  readonly archivedOn: LocalDate | null;
  /** One after another, in the client's own dates. */
  readonly tiers: readonly TierDates[];
  readonly told: FirstTold;
}

const NEVER_TOLD: FirstTold = { leads: null, conversions: null, revenue: null };

/** Reads all clients that the agency has or had, in four statements however many they are. */
export async function readRoster(em: EntityManager, agencyId: string): Promise<RosterClient[]> {
  const sql = sqlSession(em);
  const clients = await readClients(sql);
  const epochs = await readEpochs(em, agencyId, undefined);
  const tiers = Map.groupBy(await readTierTimes(sql), (row) => row.clientId);
  const told = await readFirstTold(sql, undefined);
  return clients.flatMap((client) => {
    const own = epochs.get(client.id);
    if (!own) return [];
    const times = tiers.get(client.id) ?? [];
    return [{ ...toRoster(client, own, times), told: told.get(client.id) ?? NEVER_TOLD }];
  });
}

/** The instants that some days are to each client. Clients that share a calendar share the work. */
export function windowsOf(roster: readonly RosterClient[], days: DateRange): ClientWindow[] {
  const known = new Map<string, { readonly start: Instant; readonly end: Instant } | undefined>();
  return roster.flatMap(({ id, epochs }) => {
    const key = JSON.stringify(epochs);
    if (!known.has(key)) known.set(key, windowOf(epochs, days));
    const window = known.get(key);
    return window ? [{ clientId: id, ...window }] : [];
  });
}

function toRoster(
  { id, version, name, currency, createdAt, archivedAt }: ClientRow,
  epochs: readonly CalendarEpoch[],
  times: readonly TierTimeRow[],
): Omit<RosterClient, 'told'> {
  return {
    id,
    version,
    name,
    currency,
    epochs,
    registeredOn: calendarDateOf(epochs, createdAt),
    archivedOn: archivedAt === null ? null : calendarDateOf(epochs, archivedAt),
    tiers: times.map(({ tier, start, end }) => ({
      tier,
      from: calendarDateOf(epochs, start),
      to: end === Infinity ? null : calendarDateOf(epochs, end - 1),
    })),
  };
}

/** A date may be skipped where a zone changes, so the first of several days that is there begins them. */
function windowOf(
  epochs: readonly CalendarEpoch[],
  { startDate, endDate }: DateRange,
): { readonly start: Instant; readonly end: Instant } | undefined {
  const later = addDays(startDate, 2);
  const earlier = addDays(endDate, -2);
  const [first] = calendarDays(epochs, { from: startDate, to: later < endDate ? later : endDate });
  const last = calendarDays(epochs, {
    from: earlier > startDate ? earlier : startDate,
    to: endDate,
  }).at(-1);
  return first && last ? { start: first.start, end: last.end } : undefined;
}
