import {
  addDays,
  calendarDateOf,
  type CalendarEpoch,
  type Instant,
  type LocalDate,
  type TierDates,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { keptPartsOf, takeOne } from '../kernel/kept-parts.ts';
import { createReuse } from '../kernel/reuse.ts';
import { calendarDays } from '../rollups/active-days.ts';
import type { DateRange } from '../rollups/sums.ts';
import { readCalendars } from '../tenancy/client-calendar.ts';
import { readFirstTold, type FirstTold } from '../value/tracking/first-told.ts';
import { wanted, type Kept } from './kept.ts';
import {
  readClients,
  readTierTimes,
  type ClientRow,
  type ClientWindow,
  type TierTimeRow,
} from './kpi.queries.ts';

/** Who a client is, whatever the period: when it came and went, and its tiers. */
interface EnrolledClient {
  readonly id: string;
  /** Of its promises: whatever changes what it was promised raises it. */
  readonly version: number;
  readonly name: string;
  /** Null: the agency's. */
  readonly currency: string | null;
  readonly epochs: readonly CalendarEpoch[];
  readonly createdAt: Instant;
  readonly registeredOn: LocalDate;
  readonly archivedOn: LocalDate | null;
  /** One after another, in the client's own dates. */
  readonly tiers: readonly TierDates[];
}

/** What is known of a client whatever the period: who it is, and what it ever told. */
export interface RosterClient extends EnrolledClient {
  readonly told: FirstTold;
}

const NEVER_TOLD: FirstTold = { leads: null, conversions: null, revenue: null };

const keptEnrolled = keptPartsOf<readonly EnrolledClient[]>(100);
const keptTold = keptPartsOf<FirstTold>(100_000);
const withTold = createReuse<RosterClient>();

/** Reads all clients that the agency has or had, by id, in four statements however many they are. */
export async function readRoster(kept: Kept): Promise<RosterClient[]> {
  const { sql, agencyId, marks, memory } = kept;
  const [enrolled, told] = await Promise.all([
    takeOne(
      keptEnrolled(memory.owner),
      { question: agencyId, mark: `${marks.roster} ${marks.tiers}` },
      () => readEnrolled(sql),
    ),
    keptTold(memory.owner).take(agencyId, marks.clients, (ids) =>
      readFirstTold(sql, wanted(kept, ids)),
    ),
  ]);
  return enrolled.map((client) => {
    const own = told.get(client.id) ?? NEVER_TOLD;
    return withTold(client, [own], () => ({ ...client, told: own }));
  });
}

async function readEnrolled(sql: SqlSession): Promise<readonly EnrolledClient[]> {
  const [clients, epochs, times] = await Promise.all([
    readClients(sql),
    readCalendars(sql, undefined),
    readTierTimes(sql),
  ]);
  const tiers = Map.groupBy(times, (row) => row.clientId);
  return clients.flatMap((client) => {
    const own = epochs.get(client.id);
    return own ? [toEnrolled(client, own, tiers.get(client.id) ?? [])] : [];
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

function toEnrolled(
  { id, version, name, currency, createdAt, archivedAt }: ClientRow,
  epochs: readonly CalendarEpoch[],
  times: readonly TierTimeRow[],
): EnrolledClient {
  return {
    id,
    version,
    name,
    currency,
    epochs,
    createdAt,
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
