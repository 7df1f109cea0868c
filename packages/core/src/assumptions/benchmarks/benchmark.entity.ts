import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

const BenchmarkSchema = defineEntity({
  name: 'Benchmark',
  tableName: 'benchmark',
  properties: {
    agencyId: p.text().primary(),
    clientId: p.text().primary(),
    fromDate: p.date().$type<LocalDate>().primary(),
    currency: p.text(),
    cpmMinor: p.bigint(),
    cpcMinor: p.bigint(),
    /** An exact decimal: how much of a click a reaction counts as. */
    reactionMultiplier: p.decimal('string'),
    changedAt: p.datetime(),
  },
});

/** What attention costs a client as ads from a day on: what earned attention is worth by. */
export class Benchmark extends BenchmarkSchema.class {}
BenchmarkSchema.setClass(Benchmark);
