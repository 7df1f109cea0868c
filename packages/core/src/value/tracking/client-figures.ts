import type { EntityManager } from '@mikro-orm/postgresql';
import {
  convert,
  daysBetween,
  rateOn,
  reachAggregate,
  spreadUnattributed,
  type LocalDate,
  type Money,
  type ReachFigures,
  type SpreadCostBy,
  type ValueTerms,
} from '@retainer/domain';

import { readRateTable } from '../../costs/exchange-rates/given-rates.ts';
import { sqlSession, type SqlSession } from '../../db/sql-session.ts';
import { readWorld, type FiguresWorld } from '../../rollups/figures-world.ts';
import { readClientSums } from '../../rollups/read-sums.ts';
import type { ClientSums, DateRange } from '../../rollups/sums.ts';
import type { Agency } from '../../tenancy/agency.entity.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import { NOTHING_KNOWN, readKnownKinds, type KnownKinds } from './first-told.ts';
import { repriceSums } from './reprice.ts';
import { readCampaignNames, readReach, type ReachRow } from './tracking.queries.ts';

/** What a calculation assumes, each in the client's currency; null is not assumed. */
export interface TrackingTerms {
  readonly hourlyRate: Money | null;
  readonly conversionValue: Money | null;
  readonly leadValue: Money | null;
  readonly spreadCostBy: SpreadCostBy | null;
}

/** Everything that the figures of a client and period are worked out from. */
export interface ClientFacts {
  readonly currency: string;
  readonly sums: ClientSums;
  readonly terms: ValueTerms;
  readonly reach: ReachFigures;
  readonly reachByPlatform: ReadonlyMap<string, ReachFigures>;
  readonly campaignNames: ReadonlyMap<string, string>;
}

/** What the figures of one client depend on beside its facts. */
export interface CountedClient {
  readonly clientId: string;
  readonly currency: string;
  readonly agency: Pick<
    Agency,
    'currency' | 'rounding' | 'conversionValueMinor' | 'leadValueMinor' | 'savedTimeInRoi'
  >;
}

/** What is assumed where a caller says nothing: the agency's own prices, in the client's currency. */
export async function defaultTerms(
  sql: SqlSession,
  { agency, currency: to }: CountedClient,
  date: LocalDate,
): Promise<Pick<TrackingTerms, 'conversionValue' | 'leadValue'>> {
  const { currency: from, rounding } = agency;
  const prices = [agency.conversionValueMinor, agency.leadValueMinor];
  const isPriced = prices.some((minor) => typeof minor === 'bigint');
  const isForeign = from !== to && isPriced;
  const table = isForeign ? await readRateTable(sql, { first: date, last: date }) : undefined;
  const found = table && rateOn(table, { from, to, date });
  const [conversionValue = null, leadValue = null] = prices.map((minor): Money | null => {
    if (typeof minor !== 'bigint') return null;
    if (from === to) return { amountMinor: minor, currency: to };
    if (!found) return null;
    const amountMinor = convert(minor, { from, to, rate: found.rate, rounding });
    return { amountMinor, currency: to };
  });
  return { conversionValue, leadValue };
}

/** Reads what a client's figures are worked out from. Refresh the client first. */
export async function readClientFacts(
  em: EntityManager,
  client: Client,
  of: DateRange & { readonly terms: TrackingTerms },
): Promise<ClientFacts> {
  const sql = sqlSession(em);
  const { startDate, endDate, terms } = of;
  const { id: clientId, agencyId } = client;
  const world = await readWorld(em, agencyId, [clientId]);
  const { currency } = countedIn(world, clientId);
  const known = await readKnownKinds(sql, [clientId], endDate);
  const period = { startDate, endDate, clientId };
  const facts = await readPeriodFacts(sql, { ...period, currency });
  const { hourlyRate: rate, spreadCostBy: by } = terms;
  const sums = rate ? await repriceSums(em, facts.sums, { ...period, world, rate }) : facts.sums;
  return {
    ...facts,
    currency,
    sums: by ? spread(sums, by) : sums,
    terms: valueTerms(known.get(clientId), world.agency, {
      conversionValueMinor: terms.conversionValue?.amountMinor,
      leadValueMinor: terms.leadValue?.amountMinor,
    }),
  };
}

/** Reads what is told of a client and period before anything is assumed, by statements that leave together. */
export async function readPeriodFacts(
  sql: SqlSession,
  of: DateRange & { readonly clientId: string; readonly currency: string },
): Promise<Omit<ClientFacts, 'currency' | 'terms'>> {
  const [sums, reach, campaignNames] = await Promise.all([
    readClientSums(sql, of),
    readReachFigures(sql, of),
    readCampaignNames(sql, of),
  ]);
  return { sums, ...reach, campaignNames };
}

/** What must be known beside the sums: what the client ever told, and what things are worth. */
export function valueTerms(
  known: KnownKinds | undefined,
  agency: Pick<Agency, 'savedTimeInRoi'>,
  prices: {
    readonly conversionValueMinor: bigint | null | undefined;
    readonly leadValueMinor: bigint | null | undefined;
  },
): ValueTerms {
  const { revenue, leads, conversions } = known ?? NOTHING_KNOWN;
  return {
    revenueKnown: revenue,
    leadsKnown: leads,
    conversionsKnown: conversions,
    conversionValueMinor: prices.conversionValueMinor ?? null,
    leadValueMinor: prices.leadValueMinor ?? null,
    savedTimeInRoi: agency.savedTimeInRoi,
  };
}

/** What a client's figures depend on, out of what was read for a refresh. */
export function countedIn({ clients, agency }: FiguresWorld, clientId: string): CountedClient {
  return { clientId, currency: clients.get(clientId)?.currency ?? agency.currency, agency };
}

function spread(sums: ClientSums, by: SpreadCostBy): ClientSums {
  const { platform, contentType, campaign, day } = sums.breakdowns;
  return {
    total: sums.total,
    breakdowns: {
      platform: spreadUnattributed(platform, by),
      contentType: spreadUnattributed(contentType, by),
      campaign: spreadUnattributed(campaign, by),
      day,
    },
  };
}

/** The people that a client's accounts reached on some days, together and by platform. */
export async function readReachFigures(
  sql: SqlSession,
  period: DateRange & { readonly clientId: string },
): Promise<Pick<ClientFacts, 'reach' | 'reachByPlatform'>> {
  const days = daysBetween(period.startDate, period.endDate) + 1;
  const rows = await readReach(sql, { ...period, days });
  const byPlatform = Map.groupBy(rows, (row) => row.platform);
  return {
    reach: reachOf(rows),
    reachByPlatform: new Map([...byPlatform].map(([platform, some]) => [platform, reachOf(some)])),
  };
}

/** People who follow two accounts would count twice, so only one account's own figures are told. */
function reachOf(rows: readonly ReachRow[]): ReachFigures {
  const accounts = new Set(rows.map((row) => `${row.platform}\n${row.subject}`));
  if (accounts.size > 1) {
    const notAdditive = { value: null, reason: 'not_additive' } as const;
    return { reach: notAdditive, averageDailyReach: notAdditive };
  }
  const whole = rows.find((row) => row.kind === 'window_total');
  return reachAggregate({
    dailyReach: rows.filter((row) => row.kind === 'daily').map((row) => BigInt(row.value)),
    periodUniqueReach: whole ? BigInt(whole.value) : null,
  });
}
