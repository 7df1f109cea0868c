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
  readToolShares,
  readToolSums,
  type ClientSumsRow,
  type SumsRow,
  type ToolShareRow,
} from './read-sums.queries.ts';
import type { ClientSums, DateRange, KeyedSums } from './sums.ts';

type ClientRange = DateRange & { readonly clientId: string; readonly currency: string };

/** Reads a client's figures of some days from the rollups, in the client's currency. Refresh the client first. */
export async function readClientSums(sql: SqlSession, of: ClientRange): Promise<ClientSums> {
  const { currency } = of;
  const rows = await readClientRows(sql, of);
  const shares = await readToolShares(sql, of);
  const tools = shares.flatMap((share) => toolDays(share, of));
  const days = rows.flatMap((row): KeyedSums[] =>
    row.day === null ? [] : [{ key: row.day, sums: sumsOf(row, currency) }],
  );
  const withoutKey = tools.map(({ sums }) => ({ key: '', sums }));
  const by = (dimension: ClientSumsRow['dimension']): KeyedSums[] => {
    const keyed = rows.filter((row) => row.dimension === dimension);
    return mergeKeys([
      ...keyed.map((row) => ({ key: row.key, sums: sumsOf(row, currency) })),
      ...withoutKey,
    ]);
  };
  const day = mergeKeys([...days, ...tools]);
  return {
    total: day.reduce((sum, row) => addSums(sum, row.sums), noSums(currency)),
    breakdowns: {
      platform: by('platform'),
      contentType: by('content_type'),
      campaign: by('campaign'),
      day,
    },
  };
}

/**
 * Reads the figures of every client of the agency in its currency, by client id; the empty id is what tools cost
 * that no client could be charged with. Refresh the agency first.
 */
export async function readAgencySums(
  sql: SqlSession,
  of: DateRange & { readonly currency: string },
): Promise<ReadonlyMap<string, ValueSums>> {
  const { currency } = of;
  const rows = await readAgencyRows(sql, of);
  const sums = new Map(rows.map((row) => [row.clientId, sumsOf(row, currency)]));
  for (const { clientId, toolsMinor, toolsMissing } of await readToolSums(sql, of)) {
    const tools = { toolsMinor: BigInt(toolsMinor), toolsMissing: BigInt(toolsMissing) };
    sums.set(clientId, { ...(sums.get(clientId) ?? noSums(currency)), ...tools });
  }
  return sums;
}

/** Rows of one key together, in the order of their keys. */
export function mergeKeys(rows: readonly KeyedSums[]): KeyedSums[] {
  const merged = new Map<string, ValueSums>();
  for (const { key, sums } of rows) {
    const before = merged.get(key);
    merged.set(key, before ? addSums(before, sums) : sums);
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, sums]) => ({ key, sums }));
}

function toolDays(share: ToolShareRow, of: ClientRange): KeyedSums[] {
  const { dates, amounts } = daysOf(share, of);
  return dates.map((key, index) => ({ key, sums: toolSums(amounts?.[index], of.currency) }));
}

/** What the days of a range bear of a share. */
function daysOf(
  { from, to, ownMinor: minor }: ToolShareRow,
  { startDate, endDate }: DateRange,
): { readonly dates: readonly LocalDate[]; readonly amounts: readonly bigint[] | undefined } {
  const first = from > startDate ? from : startDate;
  const last = to < endDate ? to : endDate;
  const before = daysBetween(from, first);
  const count = daysBetween(first, last) + 1;
  const amounts =
    minor === null
      ? undefined
      : spreadEvenly(BigInt(minor), daysBetween(from, to) + 1).slice(before, before + count);
  return { dates: Array.from({ length: count }, (_, index) => addDays(first, index)), amounts };
}

function toolSums(amount: bigint | undefined, currency: string): ValueSums {
  const none = noSums(currency);
  return amount === undefined ? { ...none, toolsMissing: 1n } : { ...none, toolsMinor: amount };
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

function counted(value: string | null): bigint {
  return BigInt(value ?? 0);
}

function observed(value: string | null): bigint | null {
  return value === null ? null : BigInt(value);
}
