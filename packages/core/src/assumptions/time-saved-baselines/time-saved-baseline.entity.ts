import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

const TimeSavedBaselineSchema = defineEntity({
  name: 'TimeSavedBaseline',
  tableName: 'time_saved_baseline',
  properties: {
    agencyId: p.text().primary(),
    /** Empty: every content type without its own. */
    contentType: p.text().primary(),
    fromDate: p.date().$type<LocalDate>().primary(),
    version: p.integer(),
    baselineSeconds: p.bigint('number'),
    actualSeconds: p.bigint('number'),
    changedAt: p.datetime(),
  },
});

/** How long a post of a content type is taken to need from a day on: by hand, and as it is done now. */
export class TimeSavedBaseline extends TimeSavedBaselineSchema.class {}
TimeSavedBaselineSchema.setClass(TimeSavedBaseline);
