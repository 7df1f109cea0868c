import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

/** How many months one price pays for. */
export type BillingMonths = 1 | 3 | 12;

const AssignmentSchema = defineEntity({
  name: 'Assignment',
  tableName: 'assignment',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    tierId: p.uuid(),
    tierVersion: p.integer(),
    startsAt: p.datetime(),
    endsAt: p.datetime().nullable(),
    endedBy: p.text().$type<'change' | 'cancel'>().nullable(),
    anchor: p.date().$type<LocalDate>(),
    everyMonths: p.integer().$type<BillingMonths>(),
    trialEndsAt: p.datetime().nullable(),
    priceMinor: p.bigint(),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});

/** One tier version held by one client for a span of time, at the price that was agreed then. */
export class Assignment extends AssignmentSchema.class {}
AssignmentSchema.setClass(Assignment);
