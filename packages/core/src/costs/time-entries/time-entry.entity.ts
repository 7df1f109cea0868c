import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** How a time entry came to be. */
export type TimeEntrySource = 'manual' | 'timer' | 'estimated' | 'import';

const TimeEntrySchema = defineEntity({
  name: 'TimeEntry',
  tableName: 'time_entry',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    campaignId: p.text().nullable(),
    person: p.text(),
    role: p.text().nullable(),
    activity: p.text(),
    note: p.text(),
    startedAt: p.datetime().nullable(),
    /** Null beside a start: the timer runs. */
    endedAt: p.datetime().nullable(),
    localDate: p.date().$type<LocalDate>().nullable(),
    /** Of an entry by its date; one with a start and an end has those that lie between. */
    seconds: p.bigint('number').nullable(),
    billable: p.boolean(),
    source: p.text().$type<TimeEntrySource>(),
    rateMinor: p.bigint().nullable(),
    currency: p.text().nullable(),
    platform: p.text().nullable(),
    contentType: p.text().nullable(),
    postId: p.text().nullable(),
    occurrence: p.text().nullable(),
    baselineSeconds: p.bigint('number').nullable(),
    key: p.text().nullable(),
    createdAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    deletedAt: p.datetime().nullable(),
  },
});

/** Time that one person spent on one client: from an instant to another, or so much of a day. */
export class TimeEntry extends TimeEntrySchema.class {}
TimeEntrySchema.setClass(TimeEntry);
