import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate, RateLevel } from '@retainer/domain';

/** The levels that rates are kept on; an entry's own rate is kept with the entry. */
export type KeptRateLevel = Exclude<RateLevel, 'entry'>;

const RateSchema = defineEntity({
  name: 'Rate',
  tableName: 'rate',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    level: p.text().$type<KeptRateLevel>(),
    /** Who and what the rate is for; empty where the level does not ask. */
    person: p.text(),
    role: p.text(),
    clientId: p.text(),
    campaignId: p.text(),
    fromDate: p.date().$type<LocalDate>(),
    /** Of one hour; null leaves it to the next wider level from that day on. */
    rateMinor: p.bigint().nullable(),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});

/** What an hour costs on one level from a local date on, until the next one of the same level and keys. */
export class Rate extends RateSchema.class {}
RateSchema.setClass(Rate);
