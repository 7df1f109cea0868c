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

import { keptPartsOf, takeOne } from '../kernel/kept-parts.ts';
import { createReuse } from '../kernel/reuse.ts';
import { NOBODY, readAgencyTools, readSumsBeforeTools, type Tools } from '../rollups/read-sums.ts';
import type { DateRange } from '../rollups/sums.ts';
import type { AgencyTerms } from '../tenancy/agency-terms.ts';
import { valueTerms } from '../value/tracking/client-figures.ts';
import { knownBy } from '../value/tracking/first-told.ts';
import { toolsMark, wanted, type Kept } from './kept.ts';
import type { RosterClient } from './roster.ts';

/** What all periods of one dashboard are read from. */
export interface KpiWorld extends Kept {
  readonly agency: AgencyTerms;
  readonly roster: readonly RosterClient[];
  readonly today: LocalDate;
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

const keptSums = keptPartsOf<ValueSums>(60_000);
const keptTools = keptPartsOf<ReadonlyMap<string, Tools>>(100);
const counted = createReuse<Counted>();
const NO_TOOLS: Tools = { toolsMinor: 0n, toolsMissing: 0n };

/** Reads what each client comes to in a period from the rollups. Refresh the agency first. */
export async function readCounted(world: KpiWorld, span: DateSpan): Promise<CountedPeriod> {
  const { sql, agency, agencyId, roster, marks, memory } = world;
  const { currency } = agency;
  const range = rangeOf(span);
  const question = [agencyId, currency, range.startDate, range.endDate].join('\n');
  const [sums, tools] = await Promise.all([
    keptSums(memory.owner).take(question, marks.clients, async (ids) => {
      const read = await readSumsBeforeTools(sql, {
        ...range,
        currency,
        clientIds: wanted(world, ids),
      });
      // Each client its own, though it is nothing: figures are kept by it.
      return new Map(ids.map((id) => [id, read.get(id) ?? noSums(currency)]));
    }),
    takeOne(keptTools(memory.owner), { question, mark: toolsMark(world, range) }, () =>
      readAgencyTools(sql, range),
    ),
  ]);
  const clients = roster.flatMap((client): Counted[] => {
    const own = sums.get(client.id);
    if (!own) return [];
    const { toolsMinor, toolsMissing } = tools.get(client.id) ?? NO_TOOLS;
    return [
      counted(own, [client, agency, toolsMinor, toolsMissing], () => {
        const whole = { ...own, toolsMinor, toolsMissing };
        const terms = valueTerms(knownBy(client.told, range.endDate), agency, agency);
        return { client, sums: whole, figures: returnFigures(whole, terms) };
      }),
    ];
  });
  const unborne = { ...noSums(currency), ...(tools.get(NOBODY) ?? NO_TOOLS) };
  return { span, clients, total: addSums(unborne, totalOf(clients, currency)) };
}

/** Clients are added up in groups of so many: those of which nobody changed need not be added again. */
const GROUP = 32;
const groupTotal = createReuse<ValueSums>();

function totalOf(clients: readonly Counted[], currency: string): ValueSums {
  let total = noSums(currency);
  for (let at = 0; at < clients.length; at += GROUP) {
    const [first, ...others] = clients.slice(at, at + GROUP);
    if (!first) continue;
    const group = groupTotal(first, others, () =>
      others.reduce((sum, one) => addSums(sum, one.sums), first.sums),
    );
    total = addSums(total, group);
  }
  return total;
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
  agency: AgencyTerms,
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
