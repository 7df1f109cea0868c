import {
  addDays,
  addSums,
  daysBetween,
  noSums,
  spreadEvenly,
  type LocalDate,
  type ValueSums,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import {
  readAgencyRows,
  readClientRows,
  readOwnRows,
  readOwnToolSums,
  readToolShares,
  readToolSums,
  type ClientSumsRow,
  type SumsRow,
  type ToolShareRow,
  type ToolSumsRow,
} from './read-sums.queries.ts';
import type { ClientSums, DateRange, KeyedSums } from './sums.ts';

type ClientRange = DateRange & { readonly clientId: string; readonly currency: string };

/** Reads a client's figures of some days from the rollups, in the client's currency. Refresh the client first. */
export async function readClientSums(sql: SqlSession, of: ClientRange): Promise<ClientSums> {
  const { currency } = of;
  const [rows, shares] = await Promise.all([readClientRows(sql, of), readToolShares(sql, of)]);
  const byDimension = Map.groupBy(rows, (row) => row.dimension);
  const rowsOf = (dimension: ClientSumsRow['dimension']): KeyedSums[] =>
    (byDimension.get(dimension) ?? []).map((row) => ({
      key: row.day ?? row.key,
      sums: sumsOf(row, currency),
    }));
  const tools = toolsByDay(shares, of);
  const withoutKey = new Map(tools.size === 0 ? [] : [['', sumOfTools(tools.values())]]);
  const day = withTools(rowsOf('client'), tools, currency);
  return {
    total: day.reduce((sum, row) => addSums(sum, row.sums), noSums(currency)),
    breakdowns: {
      platform: withTools(rowsOf('platform'), withoutKey, currency),
      contentType: withTools(rowsOf('content_type'), withoutKey, currency),
      campaign: withTools(rowsOf('campaign'), withoutKey, currency),
      day,
    },
  };
}

/** Under which id tools stand that no client could be charged with. */
export const NOBODY = '';

/**
 * Reads the figures of every client of the agency in its currency, by client id, with `NOBODY`'s. Refresh the agency
 * first.
 */
export async function readAgencySums(
  sql: SqlSession,
  of: DateRange & { readonly currency: string },
): Promise<ReadonlyMap<string, ValueSums>> {
  const { currency } = of;
  const [rows, tools] = await Promise.all([readAgencyRows(sql, of), readToolSums(sql, of)]);
  return sumsByClient(rows, tools, () => currency);
}

/** The same of some clients or all, without what tools cost; who is missing has no figures. */
export async function readSumsBeforeTools(
  sql: SqlSession,
  of: DateRange & { readonly currency: string; readonly clientIds: readonly string[] | undefined },
): Promise<ReadonlyMap<string, ValueSums>> {
  return sumsByClient(await readAgencyRows(sql, of), [], () => of.currency);
}

/** What tools cost each client of the agency in its currency, by client id, with `NOBODY`'s. */
export async function readAgencyTools(
  sql: SqlSession,
  range: DateRange,
): Promise<ReadonlyMap<string, Tools>> {
  return new Map((await readToolSums(sql, range)).map((row) => [row.clientId, toolsOf(row)]));
}

/** Reads the figures of some clients, each in its own currency, by client id. Refresh the agency first. */
export async function readOwnSums(
  sql: SqlSession,
  of: DateRange & { readonly currencies: ReadonlyMap<string, string> },
): Promise<ReadonlyMap<string, ValueSums>> {
  const range = { ...of, clientIds: [...of.currencies.keys()] };
  const [rows, tools] = await Promise.all([readOwnRows(sql, range), readOwnToolSums(sql, range)]);
  return sumsByClient(rows, tools, (id) => of.currencies.get(id) ?? '');
}

function sumsByClient(
  rows: readonly (SumsRow & { readonly clientId: string })[],
  tools: readonly ToolSumsRow[],
  currencyOf: (clientId: string) => string,
): ReadonlyMap<string, ValueSums> {
  const sums = new Map(rows.map((row) => [row.clientId, sumsOf(row, currencyOf(row.clientId))]));
  for (const row of tools) {
    const { clientId } = row;
    const own = sums.get(clientId) ?? noSums(currencyOf(clientId));
    sums.set(clientId, { ...own, ...toolsOf(row) });
  }
  return sums;
}

function toolsOf({ toolsMinor, toolsMissing }: ToolSumsRow): Tools {
  return { toolsMinor: BigInt(toolsMinor), toolsMissing: BigInt(toolsMissing) };
}

/** Rows of one key together, in the order of their keys. */
export function mergeKeys(rows: readonly KeyedSums[]): KeyedSums[] {
  const merged = new Map<string, ValueSums>();
  for (const { key, sums } of rows) {
    const before = merged.get(key);
    merged.set(key, before ? addSums(before, sums) : sums);
  }
  return inOrder(merged);
}

function inOrder(sums: ReadonlyMap<string, ValueSums>): KeyedSums[] {
  const keyed = [...sums].map(([key, own]) => ({ key, sums: own }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** What tools cost, as sums tell it; the rollups know nothing of it. */
export type Tools = Pick<ValueSums, 'toolsMinor' | 'toolsMissing'>;

const NO_TOOLS: Tools = { toolsMinor: 0n, toolsMissing: 0n };

function withTools(
  rows: readonly KeyedSums[],
  tools: ReadonlyMap<string, Tools>,
  currency: string,
): KeyedSums[] {
  const sums = new Map(rows.map((row) => [row.key, row.sums]));
  for (const [key, cost] of tools) {
    sums.set(key, { ...(sums.get(key) ?? noSums(currency)), ...cost });
  }
  return inOrder(sums);
}

/** What all shares together cost on each day of a range that one of them touches. */
function toolsByDay(
  shares: readonly ToolShareRow[],
  range: DateRange,
): ReadonlyMap<LocalDate, Tools> {
  const dates = datesOf(range);
  const byDay = new Map<LocalDate, Tools>();
  for (const share of shares) {
    const { first, amounts } = daysOf(share, range);
    for (const [index, amount] of amounts.entries()) {
      const date = dates[first + index] ?? '';
      byDay.set(date, sumOfTools([byDay.get(date) ?? NO_TOOLS, amount]));
    }
  }
  return byDay;
}

/** What the days of a range bear of a share, from which of its days on. */
function daysOf(
  { from, to, ownMinor }: ToolShareRow,
  { startDate, endDate }: DateRange,
): { readonly first: number; readonly amounts: readonly Tools[] } {
  const before = daysBetween(from, startDate);
  const days = daysBetween(from, to) + 1;
  const past = Math.min(days, daysBetween(from, endDate) + 1);
  const first = Math.max(0, -before);
  const some = Math.max(0, before);
  const amounts =
    ownMinor === null
      ? Array.from({ length: past - some }, () => ({ toolsMinor: 0n, toolsMissing: 1n }))
      : spreadEvenly(BigInt(ownMinor), days)
          .slice(some, past)
          .map((toolsMinor) => ({ toolsMinor, toolsMissing: 0n }));
  return { first, amounts };
}

function sumOfTools(parts: Iterable<Tools>): Tools {
  let { toolsMinor, toolsMissing } = NO_TOOLS;
  for (const part of parts) {
    toolsMinor += part.toolsMinor;
    toolsMissing += part.toolsMissing;
  }
  return { toolsMinor, toolsMissing };
}

function datesOf({ startDate, endDate }: DateRange): LocalDate[] {
  const length = daysBetween(startDate, endDate) + 1;
  return Array.from({ length }, (_, index) => addDays(startDate, index));
}

function sumsOf(row: SumsRow, currency: string): ValueSums {
  return {
    ...noSums(currency),
    seconds: counted(row.seconds),
    billableSeconds: counted(row.billable_seconds),
    savedSeconds: counted(row.saved_seconds),
    savedBaselineSeconds: counted(row.saved_baseline_seconds),
    savedMinor: counted(row.saved_minor),
    savedMissing: counted(row.saved_missing),
    timeMinor: counted(row.time_minor),
    timeMissing: counted(row.time_missing),
    adsMinor: counted(row.ads_minor),
    adsMissing: counted(row.ads_missing),
    otherMinor: counted(row.other_minor),
    otherMissing: counted(row.other_missing),
    revenueMinor: counted(row.revenue_minor),
    revenueMissing: counted(row.revenue_missing),
    leads: counted(row.leads),
    conversions: counted(row.conversions),
    unpricedConversions: counted(row.unpriced_conversions),
    posts: counted(row.posts),
    measuredPosts: counted(row.measured_posts),
    impressions: observed(row.impressions),
    engagement: observed(row.engagement),
    clicks: observed(row.clicks),
    videoViews: observed(row.video_views),
    rateEngagement: observed(row.rate_engagement),
    rateImpressions: observed(row.rate_impressions),
    ctrClicks: observed(row.ctr_clicks),
    ctrImpressions: observed(row.ctr_impressions),
  };
}

// Most of a client's sums are 0, and one 0 is enough for all that are kept.
function counted(value: string | null): bigint {
  return value === null || value === '0' ? 0n : BigInt(value);
}

function observed(value: string | null): bigint | null {
  return value === null ? null : counted(value);
}
