import { METRIC_KINDS, selectMetrics } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import {
  readMeasuredDays,
  readPostDays,
  readRoles,
  writeRoles,
  type MetricRole,
} from './metric-roles.queries.ts';
import type { DayKey } from './rollup.queries.ts';

type Reported = Omit<MetricRole, 'columns'>;

/**
 * Decides anew what the platforms' metrics feed, now that these are reported too, and answers the days that count
 * differently. What a platform reports decides as a whole: its views stand for impressions only until it has some.
 */
export async function settleRoles(
  sql: SqlSession,
  reported: readonly Reported[],
): Promise<DayKey[]> {
  const clientIds = [...new Set(reported.map((one) => one.clientId))];
  const known = await readRoles(sql, clientIds);
  const before = new Map(known.map((role) => [keyOf(role), role]));
  const all = new Map<string, Reported>([...known, ...reported].map((one) => [keyOf(one), one]));
  const touched = new Set(reported.filter((one) => !before.has(keyOf(one))).map(platformOf));
  const changed = [...Map.groupBy(all.values(), platformOf)]
    .filter(([platform]) => touched.has(platform))
    .flatMap(([, metrics]) => rolesOf(metrics))
    .filter((role) => before.get(keyOf(role))?.columns.join() !== role.columns.join());
  await writeRoles(sql, changed);

  // One that is new and feeds nothing restates nothing; one of a channel may complete its rates of earlier days.
  const restated: Reported[] = [
    ...changed.filter((role) => before.has(keyOf(role)) || role.columns.length > 0),
    ...reported.filter((one) => one.level === 'account'),
  ];
  if (restated.length === 0) return [];
  const platforms = new Map(restated.map((role) => [platformOf(role), role]));
  const measured = await readMeasuredDays(sql, [...platforms.values()]);
  const published = await readPostDays(sql, [...new Set(restated.map((role) => role.clientId))]);
  return [...measured, ...published];
}

/** What a queued announcement of a new series says. */
export function reportedBy(clientId: string, ref: string): Reported {
  const [platform = '', level = '', metric = '', kind = '']: string[] = JSON.parse(ref);
  return {
    clientId,
    platform,
    level: level === 'post' ? 'post' : 'account',
    metric,
    kind: METRIC_KINDS.find((one) => one === kind) ?? 'gauge',
  };
}

function rolesOf(metrics: readonly Reported[]): MetricRole[] {
  return selectMetrics(metrics).map(({ columns }, index) => {
    const metric = metrics[index];
    if (!metric) throw new Error('selectMetrics answers each metric it was asked');
    return { ...metric, columns };
  });
}

function platformOf({ clientId, platform }: Reported): string {
  return `${clientId}\n${platform}`;
}

function keyOf({ clientId, platform, level, metric, kind }: Reported): string {
  return [clientId, platform, level, metric, kind].join('\n');
}
