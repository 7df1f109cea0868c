import {
  addDays,
  addMonthsClamped,
  addSums,
  noSums,
  valueFigures,
  type LocalDate,
  type ValueSums,
} from '@retainer/domain';
import * as z from 'zod';

import type { SqlSession } from '../../db/sql-session.ts';
import { atOneMoment, type ServiceContext } from '../../kernel/context.ts';
import { readClientSums } from '../../rollups/read-sums.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import type { DateRange, KeyedSums } from '../../rollups/sums.ts';
import { LocalDay, WorkspaceId } from '../../tenancy/input-fields.ts';
import { noSuchClient } from '../../tenancy/lock-client.ts';
import { defaultTerms, valueTerms } from './client-figures.ts';
import { clientToday } from './client-today.ts';
import { knownBy, readFirstTold } from './first-told.ts';
import { readTrackedClient } from './tracked-client.queries.ts';
import { toFigures, type FiguresDto } from './tracking-dto.ts';

const MOST_MONTHS = 36;
const MONTHS = 12;

export const GetClientMonthsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  /** The last day that counts; today unless told. */
  endDate: LocalDay.optional(),
  /** How many months, that of the last day included. */
  months: z.int().min(1).max(MOST_MONTHS).default(MONTHS),
});
export type GetClientMonthsInput = z.input<typeof GetClientMonthsInput>;

/** What a month cost and brought. */
export interface ClientMonthDto extends FiguresDto {
  readonly month: string;
  readonly startDate: LocalDate;
  /** Its last day that counts. */
  readonly endDate: LocalDate;
  /** Whether all its days count. */
  readonly complete: boolean;
}

/** A client's figures month by month, the oldest first. */
export interface ClientMonths {
  readonly clientWorkspaceId: string;
  readonly currency: string;
  readonly months: readonly ClientMonthDto[];
  readonly asOf: Date;
}

/** A client's figures of its last months. A month knows only what was told by its end; the last one ends with `endDate`. */
export async function getClientMonths(
  ctx: ServiceContext,
  input: GetClientMonthsInput,
): Promise<ClientMonths> {
  const { clientWorkspaceId: clientId, ...wanted } = GetClientMonthsInput.parse(input);
  const endDate = wanted.endDate ?? (await clientToday(ctx, clientId));
  await refreshClient(ctx, clientId, endDate);
  const told = { clientId, endDate, count: wanted.months };
  const { currency, months } = await atOneMoment(ctx, (sql) => look(sql, told));
  return { clientWorkspaceId: clientId, currency, months, asOf: ctx.now() };
}

interface Asked {
  readonly clientId: string;
  readonly endDate: LocalDate;
  readonly count: number;
}

async function look(
  sql: SqlSession,
  { clientId, endDate, count }: Asked,
): Promise<Pick<ClientMonths, 'currency' | 'months'>> {
  const kept = { clientId, startDate: undefined, endDate: undefined };
  const client = await readTrackedClient(sql, kept, endDate);
  if (!client) throw noSuchClient();
  const { currency, agency } = client;
  const months = monthsUntil(endDate, count);
  const startDate = months[0]?.startDate ?? endDate;
  const [sums, prices, told] = await Promise.all([
    readClientSums(sql, { clientId, currency, startDate, endDate }),
    defaultTerms(sql, client, endDate),
    readFirstTold(sql, [clientId]),
  ]);
  const byMonth = sumByMonth(sums.breakdowns.day, currency);
  const first = told.get(clientId);
  return {
    currency,
    months: months.map((range) => {
      const month = range.startDate.slice(0, 7);
      const own = byMonth.get(month) ?? noSums(currency);
      const terms = valueTerms(first && knownBy(first, range.endDate), agency, {
        conversionValueMinor: prices.conversionValue?.amountMinor,
        leadValueMinor: prices.leadValue?.amountMinor,
      });
      const complete = lastDayOf(range.startDate) === range.endDate;
      return { month, ...range, complete, ...toFigures(valueFigures(own, terms), own) };
    }),
  };
}

/** So many months, the oldest first; the last one ends with `last`. */
function monthsUntil(last: LocalDate, count: number): DateRange[] {
  const current = `${last.slice(0, 8)}01`;
  return Array.from({ length: count }, (_, index) => {
    const startDate = addMonthsClamped(current, index + 1 - count);
    return { startDate, endDate: startDate === current ? last : lastDayOf(startDate) };
  });
}

function lastDayOf(firstDay: LocalDate): LocalDate {
  return addDays(addMonthsClamped(firstDay, 1), -1);
}

function sumByMonth(days: readonly KeyedSums[], currency: string): Map<string, ValueSums> {
  const byMonth = new Map<string, ValueSums>();
  for (const { key, sums } of days) {
    const month = key.slice(0, 7);
    byMonth.set(month, addSums(byMonth.get(month) ?? noSums(currency), sums));
  }
  return byMonth;
}
