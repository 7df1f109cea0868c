import type { LocalDate } from '@retainer/domain';
import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { dayCursor, DayPageInput, readDayPage } from '../../tenancy/day-page.ts';
import { Currency, pageOf, type Page } from '../../tenancy/input-fields.ts';
import { ExchangeRate } from './exchange-rate.entity.ts';

export const ListExchangeRatesInput = DayPageInput.extend({
  base: Currency.optional(),
  quote: Currency.optional(),
});
export type ListExchangeRatesInput = z.input<typeof ListExchangeRatesInput>;

/** What one unit of a currency was worth in another on a day. */
export interface ExchangeRateDto {
  readonly date: LocalDate;
  readonly base: string;
  readonly quote: string;
  /** An exact decimal. */
  readonly rate: string;
  readonly source: string;
  readonly createdAt: Date;
}

/** The agency's exchange rates, the latest day first. */
export async function listExchangeRates(
  ctx: ServiceContext,
  input: ListExchangeRatesInput = {},
): Promise<Page<ExchangeRateDto>> {
  const wanted = ListExchangeRatesInput.parse(input);
  const { limit } = wanted;
  const { agencyId } = ctx;
  const filters = filtersOf(wanted);
  return inTransaction(
    ctx,
    async (em) => {
      const where = { agencyId, $and: filters };
      const rows = await em.find(ExchangeRate, where, {
        orderBy: { onDate: 'desc', base: 'asc', quote: 'asc' },
        limit: limit + 1,
      });
      const cursorOf = (row: ExchangeRate) =>
        dayCursor({ day: row.onDate, id: `${row.base}/${row.quote}` });
      return pageOf(rows, { limit, cursorOf, toItem });
    },
    { readOnly: true },
  );
}

function filtersOf(wanted: z.output<typeof ListExchangeRatesInput>) {
  const { base, quote, startDate, endDate } = wanted;
  const after = readDayPage(wanted, (id) => PAIR.test(id));
  const [afterBase = '', afterQuote = ''] = after?.id.split('/') ?? [];
  return [
    base !== undefined && { base },
    quote !== undefined && { quote },
    startDate !== undefined && { onDate: { $gte: startDate } },
    endDate !== undefined && { onDate: { $lte: endDate } },
    after && {
      $or: [
        { onDate: { $lt: after.day } },
        { onDate: after.day, base: { $gt: afterBase } },
        { onDate: after.day, base: afterBase, quote: { $gt: afterQuote } },
      ],
    },
  ].filter((one) => typeof one === 'object');
}

const PAIR = /^[A-Z]{3}\/[A-Z]{3}$/u;

function toItem(row: ExchangeRate): ExchangeRateDto {
  const { onDate: date, base, quote, rate, source, createdAt } = row;
  return { date, base, quote, rate, source, createdAt };
}
