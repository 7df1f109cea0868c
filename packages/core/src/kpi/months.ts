import {
  addDays,
  addMonthsClamped,
  addSums,
  noSums,
  returnFigures,
  returnOnCost,
  type LocalDate,
  type Ratio,
  type Total,
  type ValueSums,
} from '@retainer/domain';

import { valueTerms } from '../value/tracking/client-figures.ts';
import type { KpiWorld } from './counted.ts';
import { readMonths, readMonthTools } from './months.queries.ts';
import { returnsOf } from './return-rows.ts';

/** What a month cost and brought, whole or up to the last day that was asked for. */
export interface MonthFigures {
  /** Its first day. */
  readonly month: LocalDate;
  readonly isWhole: boolean;
  readonly cost: Total;
  readonly value: Total;
  readonly roi: Ratio;
}

/** How many months the trend goes back, the last one included. */
const MONTHS = 12;

/** The last twelve months of the agency, the oldest first; the last one ends with `last`. */
export async function readMonthFigures(world: KpiWorld, last: LocalDate): Promise<MonthFigures[]> {
  const { sql, agency } = world;
  const { currency } = agency;
  const first = addMonthsClamped(`${last.slice(0, -2)}01`, 1 - MONTHS);
  const since = valuedSince(world);
  const [known] = [...since.values()].toSorted();
  const asked = { first, last, currency, valuedSince: since };
  const valued = new Map<LocalDate, ValueSums>();
  const others = new Map<LocalDate, ValueSums>();
  const add = (row: { month: LocalDate; isValued: boolean }, sums: ValueSums): void => {
    const of = row.isValued ? valued : others;
    of.set(row.month, addSums(of.get(row.month) ?? noSums(currency), sums));
  };
  for (const row of await readMonths(sql, asked)) add(row, returnsOf(row, currency));
  for (const row of await readMonthTools(sql, asked)) {
    const tools = { toolsMinor: BigInt(row.toolsMinor), toolsMissing: BigInt(row.toolsMissing) };
    add(row, { ...noSums(currency), ...tools });
  }
  return Array.from({ length: MONTHS }, (_, index) => {
    const month = addMonthsClamped(first, index);
    const next = addMonthsClamped(first, index + 1);
    const isValued = known !== undefined && known <= last && known < next;
    const sums = { valued: valued.get(month), others: others.get(month) };
    const figures = splitFigures(world, { isValued, ...sums });
    return { month, isWhole: next <= addDays(last, 1), ...figures };
  });
}

/** From which day on each client's value is known: a price of the agency's makes it so for all of them and always. */
export function valuedSince({
  agency,
  roster,
}: Pick<KpiWorld, 'agency' | 'roster'>): Map<string, LocalDate> {
  const isPriced = agency.conversionValueMinor !== null || agency.leadValueMinor !== null;
  return new Map(
    roster.flatMap(({ id, told }) => {
      const since = isPriced ? '0001-01-01' : told.revenue;
      return since === null ? [] : [[id, since] as const];
    }),
  );
}

/** Cost and value of all clients together, and the one over the other of those whose value is known. */
export function splitFigures(
  { agency }: Pick<KpiWorld, 'agency'>,
  of: {
    /** The value of any client was known by the end of the month. */
    readonly isValued: boolean;
    readonly valued: ValueSums | undefined;
    readonly others: ValueSums | undefined;
  },
): Pick<MonthFigures, 'cost' | 'value' | 'roi'> {
  const none = noSums(agency.currency);
  const { isValued, valued = none, others = none } = of;
  const told = { leads: true, conversions: true, revenue: isValued };
  const terms = valueTerms(told, agency, agency);
  const judged = returnFigures(valued, terms);
  return {
    cost: returnFigures(addSums(valued, others), terms).cost.total,
    value: judged.value.total,
    roi: returnOnCost(judged),
  };
}
