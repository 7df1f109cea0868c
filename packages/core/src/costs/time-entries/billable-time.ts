import type { EntityManager } from '@mikro-orm/postgresql';
import {
  allocate,
  billableSeconds,
  type CalendarEpoch,
  type DayAttribution,
  type DaySeconds,
  type DurationRounding,
  type LocalDate,
} from '@retainer/domain';

import type { Agency } from '../../tenancy/agency.entity.ts';
import { daysOfEntry } from './entry-days.ts';
import { TimeEntry } from './time-entry.entity.ts';
import { readBillableIds } from './time-entry.queries.ts';

/** The rule of an agency for billable time; undefined where it stays as it is. */
export function timeRoundingOf(
  agency: Pick<Agency, 'timeRounding' | 'timeRoundingMinutes' | 'timeRoundingPer'>,
): DurationRounding | undefined {
  const { timeRounding: mode, timeRoundingMinutes: minutes, timeRoundingPer: per } = agency;
  return mode === 'none' ? undefined : { mode, minutes, per };
}

/** An entry and the local days that its time belongs to. */
export interface EntryDays {
  readonly id: string;
  readonly clientId: string;
  readonly billable: boolean;
  readonly days: readonly DaySeconds[];
}

/** The billable seconds of an entry on each of its days, in their order. */
export type BillableTime = (entry: EntryDays) => readonly number[];

/** Billable time without a rule, or with one for each entry: its days share what the whole entry is rounded to. */
export function billablePerEntry(rule: DurationRounding | undefined): BillableTime {
  return ({ billable, days }) => {
    const seconds = days.map((day) => (billable ? day.seconds : 0));
    if (rule === undefined) return seconds;
    const whole = seconds.reduce((sum, one) => sum + one, 0);
    const claims = seconds.map((weight, index) => ({ id: orderOf(index), weight }));
    return share(billableSeconds([whole], rule), claims);
  };
}

/** Billable time where a client's whole day is rounded: `entries` are all that these days have, and share it. */
export function billablePerDay(
  rule: DurationRounding,
  entries: readonly EntryDays[],
): BillableTime {
  const parts = entries.flatMap(({ id, clientId, billable, days }) =>
    billable ? days.map(({ date, seconds }) => ({ id, day: dayKey(clientId, date), seconds })) : [],
  );
  const shares = new Map<string, number>();
  for (const [day, some] of Map.groupBy(parts, (part) => part.day)) {
    const total = billableSeconds(
      some.map(({ seconds }) => seconds),
      rule,
    );
    const claims = some.map(({ id, seconds }) => ({ id, weight: seconds }));
    for (const [index, seconds] of share(total, claims).entries()) {
      shares.set(`${some[index]?.id} ${day}`, seconds);
    }
  }
  return ({ id, clientId, days }) =>
    days.map(({ date }) => shares.get(`${id} ${dayKey(clientId, date)}`) ?? 0);
}

/** How the clients of some entries count their days. */
export interface DaysWorld {
  readonly agencyId: string;
  readonly attribution: DayAttribution;
  readonly epochsOf: (clientId: string) => readonly CalendarEpoch[];
}

/** All billable entries that stand on the days of `entries`, these among them. */
export async function readSharersOfDays(
  em: EntityManager,
  { agencyId, attribution, epochsOf }: DaysWorld,
  entries: readonly EntryDays[],
): Promise<EntryDays[]> {
  const dates = entries.flatMap(({ days }) => days.map(({ date }) => date)).toSorted();
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const clientIds = [...new Set(entries.map(({ clientId }) => clientId))];
  const ids = await readBillableIds(em, { agencyId, clientIds, first, last });
  const known = new Set(entries.map(({ id }) => id));
  const others = await em.find(
    TimeEntry,
    { agencyId, id: { $in: ids.filter((id) => !known.has(id)) } },
    { disableIdentityMap: true },
  );
  return [
    ...entries,
    ...others.map((row) => {
      const { id, clientId, billable } = row;
      const days = daysOfEntry(row, { epochs: epochsOf(clientId), attribution });
      return { id, clientId, billable, days };
    }),
  ];
}

interface Part {
  readonly id: string;
  readonly weight: number;
}

function share(total: number, parts: readonly Part[]): number[] {
  const claims = parts.map(({ id, weight }) => ({ id, weight: BigInt(weight) }));
  return allocate(BigInt(total), claims).shares.map(Number);
}

// Ids that order as their numbers do.
function orderOf(index: number): string {
  return String(index).padStart(6, '0');
}

function dayKey(clientId: string, date: LocalDate): string {
  return `${date} ${clientId}`;
}
