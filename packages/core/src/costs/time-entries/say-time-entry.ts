import type { LocalDate, MoneyWire } from '@retainer/domain';

import { moneyWire } from '../../tenancy/money-input.ts';
import type { EntryTimes, EntryWork } from './time-entry-input.ts';
import type { TimeEntry } from './time-entry.entity.ts';

/** What an entry says of itself, in plain JSON: what a key stands for, and what the audit remembers. */
export interface SaidEntry {
  readonly campaignId: string | null;
  readonly person: string;
  readonly role: string | null;
  readonly activity: string;
  readonly note: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly date: LocalDate | null;
  readonly seconds: number | null;
  readonly billable: boolean;
  readonly hourlyRate: MoneyWire | null;
  readonly platform: string | null;
  readonly contentType: string | null;
}

/** An entry's content in the words of the API. */
export function sayTimeEntry(row: EntryTimes & EntryWork): SaidEntry {
  return {
    ...sayTimes(row),
    person: row.person,
    activity: row.activity,
    note: row.note,
    billable: row.billable,
    hourlyRate: ownRateOf(row),
    ...sayOptional(row),
  };
}

/** The rate that an entry brings itself. */
export function ownRateOf({
  rateMinor,
  currency,
}: Pick<TimeEntry, 'rateMinor' | 'currency'>): MoneyWire | null {
  const isThere = typeof rateMinor === 'bigint' && typeof currency === 'string';
  return isThere ? moneyWire(rateMinor, currency) : null;
}

/** What the audit calls an entry. */
export function timeEntrySubject({ id }: Pick<TimeEntry, 'id'>): string {
  return `time_entry:${id}`;
}

function sayTimes({ startedAt, endedAt, localDate, seconds }: EntryTimes) {
  return {
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    date: localDate ?? null,
    seconds: seconds ?? null,
  };
}

function sayOptional({ campaignId, role, platform, contentType }: EntryWork) {
  return {
    campaignId: campaignId ?? null,
    role: role ?? null,
    platform: platform ?? null,
    contentType: contentType ?? null,
  };
}
