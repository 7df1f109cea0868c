import { defineEntity, p } from '@mikro-orm/postgresql';
import type { CalendarEpoch, WeekStart } from '@retainer/domain';

import { UnboundedInstant } from './unbounded-instant.ts';

const ClientCalendarSchema = defineEntity({
  name: 'ClientCalendar',
  tableName: 'client_calendar',
  properties: {
    agencyId: p.text().primary(),
    clientId: p.text().primary(),
    startsAt: p.type(UnboundedInstant).$type<number>().primary(),
    timeZone: p.text(),
    weekStartsOn: p.text().$type<WeekStart>(),
  },
});

/** The days and weeks a client lives by, from `startsAt` until the next row. */
export class ClientCalendar extends ClientCalendarSchema.class {
  /** The row as the calendar rules know it. */
  toEpoch(): CalendarEpoch {
    return { from: this.startsAt, timeZone: this.timeZone, weekStartsOn: this.weekStartsOn };
  }
}
ClientCalendarSchema.setClass(ClientCalendar);
