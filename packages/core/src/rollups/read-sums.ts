import { addDays, daysBetween, spreadEvenly, type LocalDate } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import {
  readAgencyRows,
  readClientRows,
  readToolShares,
  type ClientSumsRow,
  type SumsRow,
  type ToolShareRow,
} from './read-sums.queries.ts';
import {
  addSums,
  NO_SUMS,
  type ClientSums,
  type DateRange,
  type KeyedSums,
  type Sums,
} from './sums.ts';

/** Reads a client's figures of some days from the rollups, in the client's currency. Refresh the client first. */
export async function readClientSums(
  sql: SqlSession,
  of: DateRange & { readonly clientId: string; readonly currency: string },
): Promise<ClientSums> {
  const rows = await readClientRows(sql, of);
  const shares = await readToolShares(sql, of);
  const tools = shares.map((share) => toolDays(share, of, share.ownMinor));
  const day = byDay(rows, tools);
  const total = day.reduce((sum, row) => addSums(sum, row.sums), NO_SUMS);
  const withoutKey = tools.flat().reduce((sum, one) => addSums(sum, one.sums), NO_SUMS);
  const by = (dimension: ClientSumsRow['dimension']): KeyedSums[] => {
    const keyed = rows.filter((row) => row.dimension === dimension).map(keyedSums);
    return tools.length === 0 ? keyed : mergeKeys([...keyed, { key: '', sums: withoutKey }]);
  };
  return {
    total,
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
): Promise<ReadonlyMap<string, Sums>> {
  const rows = await readAgencyRows(sql, of);
  const sums = new Map(rows.map((row) => [row.clientId, sumsOf(row)]));
  for (const share of await readToolShares(sql, { ...of, clientId: undefined })) {
    const part = toolPart(share, of, share.agencyMinor);
    sums.set(share.clientId, addSums(sums.get(share.clientId) ?? NO_SUMS, part));
  }
  return sums;
}

function byDay(rows: readonly ClientSumsRow[], tools: readonly KeyedSums[][]): KeyedSums[] {
  const days = rows.flatMap((row) =>
    row.day === null ? [] : [{ key: row.day, sums: sumsOf(row) }],
  );
  return mergeKeys([...days, ...tools.flat()]);
}

function mergeKeys(rows: readonly KeyedSums[]): KeyedSums[] {
  const merged = new Map<string, Sums>();
  for (const { key, sums } of rows) merged.set(key, addSums(merged.get(key) ?? NO_SUMS, sums));
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, sums]) => ({ key, sums }));
}

/** What each day of a range bears of a share. */
function toolDays(share: ToolShareRow, range: DateRange, minor: string | null): KeyedSums[] {
  const { dates, amounts } = daysOf(share, range, minor);
  return dates.map((key, index) => ({ key, sums: toolSums(amounts?.[index]) }));
}

/** What all days of a range bear of a share. */
function toolPart(share: ToolShareRow, range: DateRange, minor: string | null): Sums {
  const { amounts } = daysOf(share, range, minor);
  return toolSums(amounts?.reduce((sum, one) => sum + one, 0n));
}

function daysOf(
  { from, to }: ToolShareRow,
  { startDate, endDate }: DateRange,
  minor: string | null,
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

function toolSums(amount: bigint | undefined): Sums {
  if (amount === undefined) return { ...NO_SUMS, toolsMissing: 1n };
  return { ...NO_SUMS, toolsMinor: amount };
}

function keyedSums(row: ClientSumsRow): KeyedSums {
  return { key: row.key, sums: sumsOf(row) };
}

function sumsOf(row: SumsRow): Sums {
  return {
    ...NO_SUMS,
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
