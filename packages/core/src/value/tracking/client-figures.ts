import type { EntityManager } from '@mikro-orm/postgresql';
import {
  convert,
  daysBetween,
  rateOn,
  reachAggregate,
  spreadUnattributed,
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

/** What is assumed where a caller says nothing: the agency's own prices, in the client's currency. */
export async function defaultTerms(
  em: EntityManager,
  { agency, clients }: FiguresWorld,
  of: DateRange & { readonly clientId: string },
): Promise<Pick<TrackingTerms, 'conversionValue' | 'leadValue'>> {
  const currency = clients.get(of.clientId)?.currency ?? agency.currency;
  const own = async (minor: bigint | null | undefined): Promise<Money | null> => {
    if (typeof minor !== 'bigint') return null;
    if (currency === agency.currency) return { amountMinor: minor, currency };
    const day = { first: of.endDate, last: of.endDate };
    const table = await readRateTable(sqlSession(em), day);
    const found = rateOn(table, { from: agency.currency, to: currency, date: of.endDate });
    if (!found) return null;
    const { rate } = found;
    const { rounding } = agency;
    return {
      amountMinor: convert(minor, { from: agency.currency, to: currency, rate, rounding }),
      currency,
    };
  };
  return {
    conversionValue: await own(agency.conversionValueMinor),
    leadValue: await own(agency.leadValueMinor),
  };
}

/** Reads what a client's figures are worked out from. Refresh the client first. */
export async function readClientFacts(
  em: EntityManager,
  client: Client,
  of: DateRange & { readonly terms: TrackingTerms },
): Promise<ClientFacts> {
  const sql = sqlSession(em);
  const { startDate, endDate, terms } = of;
  const clientId = client.id;
  const world = await readWorld(em, client.agencyId, [clientId]);
  const currency = currencyIn(world, clientId);
  const period = { startDate, endDate, clientId };
  const stored = await readClientSums(sql, { ...period, currency });
  const { hourlyRate: rate } = terms;
  const sums = rate ? await repriceSums(em, stored, { ...period, world, rate }) : stored;
  const known = await readKnownKinds(sql, [clientId], endDate);
  return {
    currency,
    sums: terms.spreadCostBy ? spread(sums, terms.spreadCostBy) : sums,
    terms: valueTerms(known.get(clientId), world.agency, {
      conversionValueMinor: terms.conversionValue?.amountMinor,
      leadValueMinor: terms.leadValue?.amountMinor,
    }),
    ...(await readReachFigures(sql, period)),
    campaignNames: await readCampaignNames(
      sql,
      clientId,
      sums.breakdowns.campaign.map((row) => row.key),
    ),
  };
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

/** The currency that a client's figures are told in. */
export function currencyIn({ clients, agency }: FiguresWorld, clientId: string): string {
  return clients.get(clientId)?.currency ?? agency.currency;
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

async function readReachFigures(
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
