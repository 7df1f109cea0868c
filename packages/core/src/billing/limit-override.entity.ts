import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Meter } from '@retainer/domain';

const LimitOverrideSchema = defineEntity({
  name: 'LimitOverride',
  tableName: 'limit_override',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    // The database counts these up: the newest limit wins.
    seq: p.bigint('number').autoincrement(),
    clientId: p.text(),
    meter: p.text().$type<Meter>(),
    platform: p.text(),
    startsAt: p.datetime(),
    endsAt: p.datetime().nullable(),
    kind: p.text().$type<'delta' | 'limit'>(),
    /** Null on a limit is unlimited. */
    amount: p.bigint('number').nullable(),
    reason: p.text(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});

/** A promise to one client that stands beside its tier for a time. */
export class LimitOverride extends LimitOverrideSchema.class {}
LimitOverrideSchema.setClass(LimitOverride);
