import {
  addDays,
  addMonthsClamped,
  addSums,
  noSums,
  returnFigures,
  returnOnCost,
  type DateSpan,
  type LocalDate,
  type Ratio,
  type Total,
  type ValueSums,
} from '@retainer/domain';

import { keptPartsOf } from '../kernel/kept-parts.ts';
import type { DateRange } from '../rollups/sums.ts';
import { valueTerms } from '../value/tracking/client-figures.ts';
import type { KpiWorld } from './counted.ts';
import { toolsMark } from './kept.ts';
import {
  readMonths,
  readMonthTools,
  type MonthRow,
  type MonthsAsked,
  type MonthsClient,
  type MonthToolsRow,
} from './months.queries.ts';
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

/** The days of the months that a trend shows which ends with a day. */
export function trendSpan(last: LocalDate): DateSpan {
  const month = `${last.slice(0, -2)}01`;
  return { from: addMonthsClamped(month, 1 - MONTHS), toExclusive: addMonthsClamped(month, 1) };
}

/** One of the sums that a month is made of. */
interface MonthPart {
  readonly month: LocalDate;
  /** Of clients whose value was known by its end. */
  readonly isValued: boolean;
  readonly sums: ValueSums;
}

const keptGroups = keptPartsOf<readonly MonthPart[]>(20_000);
const keptTools = keptPartsOf<readonly MonthPart[]>(5_000);

/** The last twelve months of the agency, the oldest first; the last one ends with `last`. */
export async function readMonthFigures(world: KpiWorld, last: LocalDate): Promise<MonthFigures[]> {
  const { currency } = world.agency;
  const { from: first } = trendSpan(last);
  const clients = monthsClients(world);
  const [known] = clients.flatMap(({ since }) => since ?? []).toSorted();
  const [groups, tools] = await Promise.all([
    readGroups(world, { first, last, currency, clients }),
    readTools(world, { first, last, currency, clients }),
  ]);
  const valued = new Map<LocalDate, ValueSums>();
  const others = new Map<LocalDate, ValueSums>();
  for (const { month, isValued, sums } of [...groups, ...tools]) {
    const of = isValued ? valued : others;
    of.set(month, addSums(of.get(month) ?? noSums(currency), sums));
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

/** Clients are summed in so many groups: where some of them changed, the others need not be read again. */
const GROUPS = 32;

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

function monthsClients(world: KpiWorld): MonthsClient[] {
  const since = valuedSince(world);
  return world.roster.map(({ id }, index) => ({
    id,
    since: since.get(id) ?? null,
    group: String(index % GROUPS),
  }));
}

async function readGroups(world: KpiWorld, asked: MonthsAsked): Promise<MonthPart[]> {
  const { sql, marks, memory } = world;
  const clients = Map.groupBy(asked.clients, ({ group }) => group);
  // Who is in it, the figures of each, and since when they are valued.
  const markOf = (some: readonly MonthsClient[]): string =>
    JSON.stringify([marks.agency, some.map(({ id }) => [id, marks.clients.get(id)])]);
  const parts = await keptGroups(memory.owner).take(
    questionOf(world, asked),
    new Map([...clients].map(([group, some]) => [group, markOf(some)])),
    async (groups) => {
      const some = groups.flatMap((group) => clients.get(group) ?? []);
      const rows = await readMonths(sql, { ...asked, clients: some });
      const toPart = (row: MonthRow): MonthPart => {
        const { month, isValued } = row;
        return { month, isValued, sums: returnsOf(row, asked.currency) };
      };
      return new Map(
        [...Map.groupBy(rows, (row) => row.group)].map(([group, own]) => [group, own.map(toPart)]),
      );
    },
  );
  return [...parts.values()].flat();
}

async function readTools(world: KpiWorld, asked: MonthsAsked): Promise<MonthPart[]> {
  const { sql, agencyId, memory } = world;
  const { currency, clients } = asked;
  const since = JSON.stringify(clients.map((client) => [client.id, client.since]));
  const months = new Map(
    toldMonths(asked).map((month) => [`${month.startDate} ${month.endDate}`, month]),
  );
  const parts = await keptTools(memory.owner).take(
    [agencyId, currency].join('\n'),
    new Map([...months].map(([name, month]) => [name, `${toolsMark(world, month)} ${since}`])),
    async (names) => {
      const some = names.flatMap((name) => months.get(name) ?? []);
      const rows = Map.groupBy(await readMonthTools(sql, some, clients), ({ month }) => month);
      return new Map(
        names.map((name) => {
          const own = rows.get(months.get(name)?.startDate ?? '') ?? [];
          return [name, own.map((row) => toToolPart(row, currency))];
        }),
      );
    },
  );
  return [...parts.values()].flat();
}

function toToolPart(row: MonthToolsRow, currency: string): MonthPart {
  const { month, isValued } = row;
  const tools = { toolsMinor: BigInt(row.toolsMinor), toolsMissing: BigInt(row.toolsMissing) };
  return { month, isValued, sums: { ...noSums(currency), ...tools } };
}

/** The days that are told of each month. */
function toldMonths({ first, last }: Pick<MonthsAsked, 'first' | 'last'>): DateRange[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const end = addDays(addMonthsClamped(first, index + 1), -1);
    return { startDate: addMonthsClamped(first, index), endDate: end < last ? end : last };
  });
}

function questionOf({ agencyId }: KpiWorld, { first, last, currency }: MonthsAsked): string {
  return [agencyId, currency, first, last].join('\n');
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
