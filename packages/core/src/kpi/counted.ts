import {
  addDays,
  addSums,
  missing,
  noSums,
  returnFigures,
  returnOnCost,
  type DateSpan,
  type LocalDate,
  type Ratio,
  type ReturnFigures,
  type ValueSums,
  type ValueTerms,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { readAgencySums } from '../rollups/read-sums.ts';
import type { DateRange } from '../rollups/sums.ts';
import type { Agency } from '../tenancy/agency.entity.ts';
import { valueTerms } from '../value/tracking/client-figures.ts';
import { knownBy } from '../value/tracking/first-told.ts';
import type { Memory } from './memory.ts';
import type { RosterClient } from './roster.ts';

/** What all periods of one dashboard are read from. */
export interface KpiWorld {
  readonly sql: SqlSession;
  readonly agency: Agency;
  readonly roster: readonly RosterClient[];
  readonly today: LocalDate;
  readonly memory: Memory;
}

/** One client's part in a period. */
export interface Counted {
  readonly client: RosterClient;
  readonly sums: ValueSums;
  readonly figures: ReturnFigures;
}

/** What each client comes to in a period, in the agency's currency, and all together with what no client bears. */
export interface CountedPeriod {
  readonly span: DateSpan;
  readonly clients: readonly Counted[];
  readonly total: ValueSums;
}

/** Reads what each client comes to in a period from the rollups. Refresh the agency first. */
export async function readCounted(
  { sql, agency, roster }: KpiWorld,
  span: DateSpan,
): Promise<CountedPeriod> {
  const { currency } = agency;
  const range = rangeOf(span);
  const sums = await readAgencySums(sql, { ...range, currency });
  const clients = roster.map((client): Counted => {
    const own = sums.get(client.id) ?? noSums(currency);
    const terms = valueTerms(knownBy(client.told, range.endDate), agency, agency);
    return { client, sums: own, figures: returnFigures(own, terms) };
  });
  return { span, clients, total: [...sums.values()].reduce(addSums, noSums(currency)) };
}

/** The first and the last day of a span. */
export function rangeOf({ from, toExclusive }: DateSpan): DateRange {
  return { startDate: from, endDate: addDays(toExclusive, -1) };
}

/** Whether the value of a client is known. */
export function isValued({ figures }: Counted): boolean {
  return figures.value.total.reason !== 'missing_data';
}

/** What the figures of all clients together are judged by, and value over cost of those whose value is known. */
export function judgedTotals(
  agency: Agency,
  clients: readonly Counted[],
): { readonly terms: ValueTerms; readonly roi: Ratio } {
  const some = (tells: (one: Counted) => boolean): boolean => clients.some(tells);
  const told = {
    leads: some(({ figures }) => figures.value.leads !== null),
    conversions: some(({ figures }) => figures.value.conversions !== null),
    revenue: some(({ figures }) => figures.value.revenue.reason !== 'missing_data'),
  };
  const terms = valueTerms(told, agency, agency);
  const valued = clients.filter(isValued);
  // A ratio's sums take only the clients that have both terms.
  const judged = valued.reduce((all, one) => addSums(all, one.sums), noSums(agency.currency));
  const roi =
    valued.length === 0 ? missing('missing_data') : returnOnCost(returnFigures(judged, terms));
  return { terms, roi };
}
