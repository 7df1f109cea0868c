import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate, TargetDirection } from '@retainer/domain';

const TargetSchema = defineEntity({
  name: 'Target',
  tableName: 'target',
  properties: {
    agencyId: p.text().primary(),
    /** Empty: the whole agency's. */
    clientId: p.text().primary(),
    metric: p.text().primary(),
    /** Its first day. */
    month: p.date().$type<LocalDate>().primary(),
    /** An exact decimal. */
    value: p.decimal('string'),
    direction: p.text().$type<TargetDirection>(),
    changedAt: p.datetime(),
  },
});

/** What a figure should come to in a month. */
export class Target extends TargetSchema.class {}
TargetSchema.setClass(Target);
