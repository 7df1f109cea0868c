import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate, ReportCadence, ReportLevel } from '@retainer/domain';

import type { ReportContent } from './report-content.ts';

/** `failed`: its mail was not taken so far. A `due` one is being made. */
export type ReportState = 'due' | 'denied' | 'made' | 'sent' | 'failed';

/** Why a report was not made. */
export interface Denial {
  readonly code: string;
  readonly message: string;
}

const ReportSchema = defineEntity({
  name: 'Report',
  tableName: 'report',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    /** Null: somebody asked for it. */
    cadence: p.text().$type<ReportCadence>().nullable(),
    key: p.text().nullable(),
    startDate: p.date().$type<LocalDate>(),
    endDate: p.date().$type<LocalDate>(),
    countsAt: p.datetime(),
    state: p.text().$type<ReportState>(),
    level: p.text().$type<ReportLevel>().nullable(),
    /** Read where it is asked for: lists do not show it. */
    content: p.json().$type<ReportContent>().nullable().lazy(),
    denial: p.json().$type<readonly Denial[]>().nullable(),
    createdAt: p.datetime(),
    madeAt: p.datetime().nullable(),
    /** Whom the mail is for that is under way. */
    recipients: p.json().$type<readonly string[]>().nullable(),
    mailing: p.integer(),
    sentAt: p.datetime().nullable(),
    sentTo: p.json().$type<readonly string[]>().nullable(),
    /** Failures in a row of what is to be done next. */
    attempts: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    lastError: p.text().nullable(),
  },
});

/** A client's report on a period, as it was made. */
export class Report extends ReportSchema.class {
  /** There is nothing left to do, until somebody asks for something. */
  rest(): void {
    this.recipients = null;
    this.nextAttemptAt = null;
    this.attempts = 0;
  }

  /** What was to be done is done, and the next thing may follow at once. */
  proceed(): void {
    this.attempts = 0;
    this.lastError = null;
  }
}
ReportSchema.setClass(Report);
