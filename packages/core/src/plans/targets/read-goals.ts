import {
  addMonthsClamped,
  addTotals,
  calendarDateOf,
  completePart,
  daysOf,
  fraction,
  missing,
  noSums,
  valueFigures,
  type DateSpan,
  type Fraction,
  type Instant,
  type LocalDate,
  type Missing,
  type Total,
} from '@retainer/domain';

import { NO_FEE } from '../../billing/read-fees.ts';
import { judgedTotals, rangeOf, type CountedPeriod, type KpiWorld } from '../../kpi/counted.ts';
import { readFeesIn } from '../../kpi/read-fees-in.ts';
import type { RosterClient } from '../../kpi/roster.ts';
import { readOwnSums } from '../../rollups/read-sums.ts';
import { defaultTerms, readReachFigures, valueTerms } from '../../value/tracking/client-figures.ts';
import { knownBy } from '../../value/tracking/first-told.ts';
import { toGoal, type GoalDto } from './goal-dto.ts';
import type { GoalTarget } from './read-targets.ts';
import { reachedOf, type Reached } from './target-metrics.ts';

/** What goals are judged on. */
export interface GoalWorld extends KpiWorld {
  readonly now: Instant;
  /** What clients come to in a span: what was read before, or anew. */
  readonly countedIn: (span: DateSpan) => Promise<CountedPeriod>;
}

/** Judges targets, in their order: each on the days of its month that are over where it is. Refresh the agency first. */
export async function readGoals(
  world: GoalWorld,
  targets: readonly GoalTarget[],
): Promise<GoalDto[]> {
  const clients = new Map(world.roster.map((client) => [client.id, client]));
  const dated = targets.map((target): Dated => {
    const client = clients.get(target.clientId);
    const today = client ? calendarDateOf(client.epochs, world.now) : world.today;
    const month = { from: target.month, toExclusive: addMonthsClamped(target.month, 1) };
    return { target, client, days: daysOf(month), over: completePart(month, today) };
  });
  const groups = Map.groupBy(dated, ({ client, over }) =>
    JSON.stringify([client !== undefined, over]),
  );
  const found = await Promise.all([...groups.values()].map((group) => readReached(world, group)));
  const reached = new Map(found.flat());
  return dated.map((one) => {
    const { target, days, over } = one;
    const own = reached.get(one);
    const judged = own ? reachedOf(target.metric, own) : NOTHING_YET;
    return toGoal(target, { ...judged, days, elapsedDays: daysOf(over) });
  });
}

/** A target with the days of its month, and those of them that are over. */
interface Dated {
  readonly target: GoalTarget;
  /** Undefined: it is the whole agency's. */
  readonly client: RosterClient | undefined;
  readonly days: number;
  readonly over: DateSpan;
}

const NOTHING_YET = { kind: 'sum', actual: missing('no_complete_day') } as const;

/** What was reached of targets that are all the agency's or all of clients, over the same days. */
async function readReached(
  world: GoalWorld,
  group: readonly Dated[],
): Promise<(readonly [Dated, Reached])[]> {
  const [first] = group;
  if (!first || daysOf(first.over) === 0) return [];
  if (!first.client) {
    const reached = await readAgencyReached(world, first.over, group);
    return group.map((one) => [one, reached] as const);
  }
  const byClient = await readClientsReached(world, first.over, group);
  return group.flatMap((one) => {
    const reached = byClient.get(one.target.clientId);
    return reached ? [[one, reached] as const] : [];
  });
}

function asks(group: readonly Dated[], metric: string): boolean {
  return group.some(({ target }) => target.metric === metric);
}

async function readAgencyReached(
  world: GoalWorld,
  span: DateSpan,
  group: readonly Dated[],
): Promise<Reached> {
  const { agency } = world;
  const { clients, total } = await world.countedIn(span);
  const { terms, roi } = judgedTotals(agency, clients);
  const fee = asks(group, 'marginPercent')
    ? addTotals([...(await readFeesIn(world, span, { currency: agency.currency })).values()])
    : undefined;
  return { figures: valueFigures(total, terms), roi, fee, reach: missing('not_additive') };
}

async function readClientsReached(
  world: GoalWorld,
  span: DateSpan,
  group: readonly Dated[],
): Promise<ReadonlyMap<string, Reached>> {
  const range = rangeOf(span);
  const clients = new Map(group.flatMap(({ client }) => (client ? [[client.id, client]] : [])));
  const currencies = new Map(
    [...clients.values()].map(({ id, currency }) => [id, currency ?? world.agency.currency]),
  );
  const sums = await readOwnSums(world.sql, { ...range, currencies });
  const all = await Promise.all(
    [...clients.values()].map(async (client) => {
      const { id } = client;
      const currency = currencies.get(id) ?? world.agency.currency;
      const of = { client, currency, span };
      const targets = group.filter(({ target }) => target.clientId === id);
      const [terms, fee, reach] = await Promise.all([
        termsOf(world, of),
        asks(targets, 'marginPercent') ? readFeeOf(world, of) : undefined,
        asks(targets, 'reach') ? readReachOf(world, of) : missing('missing_data'),
      ]);
      const figures = valueFigures(sums.get(id) ?? noSums(currency), terms);
      return [id, { figures, roi: figures.efficiency.roi, fee, reach }] as const;
    }),
  );
  return new Map(all);
}

interface OfClient {
  readonly client: RosterClient;
  readonly currency: string;
  readonly span: DateSpan;
}

async function termsOf({ sql, agency }: GoalWorld, { client, currency, span }: OfClient) {
  const { endDate } = rangeOf(span);
  const counted = { clientId: client.id, currency, agency };
  const { conversionValue, leadValue } = await defaultTerms(sql, counted, endDate);
  return valueTerms(knownBy(client.told, endDate), agency, {
    conversionValueMinor: conversionValue?.amountMinor,
    leadValueMinor: leadValue?.amountMinor,
  });
}

async function readFeeOf(world: GoalWorld, { client, currency, span }: OfClient): Promise<Total> {
  const fees = await readFeesIn(world, span, { currency, clientId: client.id });
  return fees.get(client.id) ?? NO_FEE;
}

async function readReachOf(
  { sql }: GoalWorld,
  { client, span }: OfClient,
): Promise<Fraction | Missing> {
  const { reach } = (await readReachFigures(sql, { ...rangeOf(span), clientId: client.id })).reach;
  return reach.value === null ? reach : fraction(reach.value, 1n);
}

/** The months that a span of dates touches, by their first days. */
export function monthsOf({ from, toExclusive }: DateSpan): LocalDate[] {
  const months: LocalDate[] = [];
  for (let month = `${from.slice(0, -2)}01`; month < toExclusive;) {
    months.push(month);
    month = addMonthsClamped(month, 1);
  }
  return months;
}
