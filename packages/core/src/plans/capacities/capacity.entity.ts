import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

const CapacitySchema = defineEntity({
  name: 'Capacity',
  tableName: 'capacity',
  properties: {
    agencyId: p.text().primary(),
    person: p.text().primary(),
    /** Its first day. */
    month: p.date().$type<LocalDate>().primary(),
    seconds: p.bigint('number'),
    changedAt: p.datetime(),
  },
});

/** How much time a person has for work in a month. */
export class Capacity extends CapacitySchema.class {}
CapacitySchema.setClass(Capacity);
