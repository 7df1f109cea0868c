import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

const ExchangeRateSchema = defineEntity({
  name: 'ExchangeRate',
  tableName: 'exchange_rate',
  properties: {
    agencyId: p.text().primary(),
    base: p.text().primary(),
    quote: p.text().primary(),
    onDate: p.date().$type<LocalDate>().primary(),
    /** An exact decimal. */
    rate: p.decimal('string'),
    source: p.text(),
    createdAt: p.datetime(),
  },
});

/** What one unit of `base` was worth in `quote` on a day. */
export class ExchangeRate extends ExchangeRateSchema.class {}
ExchangeRateSchema.setClass(ExchangeRate);
