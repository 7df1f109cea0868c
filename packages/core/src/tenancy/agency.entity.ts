import { defineEntity, p } from '@mikro-orm/postgresql';
import type { DayAttribution, DurationRounding, Rounding, WeekStart } from '@retainer/domain';

/** What happens to a post on a channel that belongs to no client. */
export type UnassignedChannels = 'allow' | 'deny';

/** How billable time is rounded; cost never is. */
export type TimeRoundingMode = 'none' | DurationRounding['mode'];

const AgencySchema = defineEntity({
  name: 'Agency',
  tableName: 'agency',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    timeZone: p.text(),
    currency: p.text(),
    weekStartsOn: p.text().$type<WeekStart>(),
    rounding: p.text().$type<Rounding>(),
    pastDueBlocks: p.boolean(),
    unassignedChannels: p.text().$type<UnassignedChannels>(),
    hourlyRateMinor: p.bigint().nullable(),
    conversionValueMinor: p.bigint().nullable(),
    leadValueMinor: p.bigint().nullable(),
    reportingSplitsTime: p.text().$type<DayAttribution>(),
    timeRounding: p.text().$type<TimeRoundingMode>(),
    timeRoundingMinutes: p.integer(),
    timeRoundingPer: p.text().$type<DurationRounding['per']>(),
    savedTimeInRoi: p.boolean(),
    stablePercent: p.decimal('string'),
    stablePoints: p.decimal('string'),
    highlightsAboveMinor: p.bigint().nullable(),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
  },
});

/** An agency workspace of the host, under the host's own id. */
export class Agency extends AgencySchema.class {}
AgencySchema.setClass(Agency);
