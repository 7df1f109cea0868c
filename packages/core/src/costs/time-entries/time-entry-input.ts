import { DomainError, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { invalidField, LocalDay, Moment, Name, Note } from '../../tenancy/input-fields.ts';
import { MoneyInput } from '../../tenancy/money-input.ts';
import { PlatformId } from '../../tiers/tier-input.ts';
import { readHourlyRate } from '../rates/read-hourly-rate.ts';
import type { TimeEntry } from './time-entry.entity.ts';

const MOST_DAYS = 31;
const MOST_MINUTES = MOST_DAYS * 24 * 60;
const DAY_MS = 86_400_000;

/** Whose work it was, on what, and what an hour of it costs. */
export const WORK_FIELDS = {
  campaignId: HostId.optional(),
  /** Whoever calls, when left out. */
  person: HostId.optional(),
  role: HostId.optional(),
  activity: Name.optional(),
  note: Note.optional(),
  billable: z.boolean().default(true),
  /** Of this entry alone; it wins over every other rate. */
  hourlyRate: MoneyInput.optional(),
  platform: PlatformId.optional(),
  contentType: HostId.optional(),
} as const;

/** When the time was spent: from an instant to another, or so many minutes of a local date. */
export const TIME_FIELDS = {
  startedAt: Moment.optional(),
  endedAt: Moment.optional(),
  date: LocalDay.optional(),
  /** Kept as the nearest whole second. */
  minutes: z
    .number({ error: 'must be a number of minutes, such as 90' })
    .min(0)
    .max(MOST_MINUTES)
    .optional(),
} as const;

/** What may be said of a time entry; `readTime` holds the rule about several fields. */
export const TIME_ENTRY_FIELDS = {
  ...TIME_FIELDS,
  ...WORK_FIELDS,
  /** Sent again, the same key answers with what it made. */
  idempotencyKey: HostId.optional(),
} as const;

const WorkFields = z.strictObject(WORK_FIELDS);
const TimeFields = z.strictObject(TIME_FIELDS);
type WorkFields = z.output<typeof WorkFields>;
type TimeFields = z.output<typeof TimeFields>;

/** When an entry's time was spent, as it is stored. */
export type EntryTimes = Pick<TimeEntry, 'startedAt' | 'endedAt' | 'localDate' | 'seconds'>;

/** What an entry says of the work, as it is stored. */
export type EntryWork = Pick<
  TimeEntry,
  | 'campaignId'
  | 'person'
  | 'role'
  | 'activity'
  | 'note'
  | 'billable'
  | 'rateMinor'
  | 'currency'
  | 'platform'
  | 'contentType'
>;

/** Who is meant where no person is named, and which currency where an amount names none. */
export interface EntryDefaults {
  readonly person: string;
  readonly currency: string;
}

/** A time entry as its fields say it, each by itself. */
export type TimeEntryFields = z.output<z.ZodObject<typeof TIME_ENTRY_FIELDS>>;

/** Reads the fields of an entry together; throws `invalid_input` with the field at fault. */
export function readEntry(
  fields: TimeEntryFields,
  defaults: EntryDefaults,
): EntryTimes & EntryWork {
  return { ...readTime(fields), ...readWork(fields, defaults) };
}

/** Reads what is said of the work. */
export function readWork(fields: WorkFields, { person, currency }: EntryDefaults): EntryWork {
  const { activity = '', note = '', billable, hourlyRate } = fields;
  return {
    campaignId: fields.campaignId ?? null,
    person: fields.person ?? person,
    role: fields.role ?? null,
    activity,
    note,
    billable,
    ...readRate(hourlyRate, currency),
    platform: fields.platform ?? null,
    contentType: fields.contentType ?? null,
  };
}

/** Reads the rate that an entry brings itself; none when there is none. */
export function readRate(
  hourlyRate: MoneyInput | null | undefined,
  currency: string,
): Pick<TimeEntry, 'rateMinor' | 'currency'> {
  if (hourlyRate === undefined || hourlyRate === null) return { rateMinor: null, currency: null };
  const money = readHourlyRate(hourlyRate, currency);
  return { rateMinor: money.amountMinor, currency: money.currency };
}

/** Reads the time of an entry: startedAt and endedAt, or date and minutes, and never both. */
function readTime(fields: TimeFields): EntryTimes {
  const span = readSpan(fields);
  const day = readDay(fields);
  if (span && day) {
    throw invalidField('date', 'and minutes do not go with startedAt and endedAt. Send one pair');
  }
  const time = span ?? day;
  if (time) return time;
  throw invalidField('startedAt', 'and endedAt must be given, or date and minutes');
}

function readSpan({ startedAt, endedAt }: TimeFields): EntryTimes | undefined {
  if (startedAt && endedAt) return spanOf(startedAt, endedAt);
  if (!startedAt && !endedAt) return undefined;
  const help = 'is required beside the other. A timer that is to run begins with startTimer';
  throw invalidField(startedAt ? 'endedAt' : 'startedAt', help);
}

function readDay({ date, minutes }: TimeFields): EntryTimes | undefined {
  if (date === undefined && minutes === undefined) return undefined;
  if (date === undefined) throw invalidField('date', 'is required beside minutes');
  if (minutes === undefined) throw invalidField('minutes', 'is required beside date');
  return dayOf(date, minutesToSeconds(minutes));
}

/** Time from an instant to another; refuses one that ends before it begins, or after a month. */
export function spanOf(startedAt: Date, endedAt: Date): EntryTimes {
  const ms = endedAt.getTime() - startedAt.getTime();
  if (ms < 0) {
    const message = 'must not lie before startedAt';
    const issues = [{ path: 'endedAt', message }];
    throw new DomainError('period_inverted', `endedAt: ${message}`, { issues });
  }
  if (ms > MOST_DAYS * DAY_MS) {
    throw invalidField('endedAt', `must lie within ${MOST_DAYS} days of startedAt`);
  }
  return { startedAt, endedAt, localDate: null, seconds: null };
}

/** So much time of a local date. */
export function dayOf(localDate: LocalDate, seconds: number): EntryTimes {
  return { startedAt: null, endedAt: null, localDate, seconds };
}

/** The nearest whole second. */
export function minutesToSeconds(minutes: number): number {
  return Math.round(minutes * 60);
}
