import { mainDriver, percentOf, type DrivingRow } from '@retainer/domain';

import type { PeriodMaterial } from './read-material.ts';
import type { DrivenMetric, DrivingDimension, ReportDriver } from './report-content.ts';
import { labelOf, type Compared } from './report-outcomes.ts';

const METRICS: readonly DrivenMetric[] = ['leads', 'engagement', 'impressions'];
const DIMENSIONS: readonly DrivingDimension[] = ['platform', 'contentType', 'campaign'];

/** What moved leads most; where they stood still or are unknown, what moved engagement or else impressions. */
export function driversOf({ current, previous }: Compared): ReportDriver[] {
  if (!previous) return [];
  const compared = { current, previous };
  for (const metric of METRICS) {
    const change = changeOf(compared, metric);
    if (change !== 0n) {
      return DIMENSIONS.flatMap((dimension) => driverOf(compared, { metric, dimension, change }));
    }
  }
  return [];
}

type Both = Readonly<Record<'current' | 'previous', PeriodMaterial>>;

/** 0 as well where one of the two is unknown. */
function changeOf({ current, previous }: Both, metric: DrivenMetric): bigint {
  const now = current.figures.value[metric];
  const before = previous.figures.value[metric];
  return now === null || before === null ? 0n : now - before;
}

function driverOf(
  compared: Both,
  {
    metric,
    dimension,
    change: total,
  }: {
    readonly metric: DrivenMetric;
    readonly dimension: DrivingDimension;
    readonly change: bigint;
  },
): ReportDriver[] {
  const driver = mainDriver(drivingRows(compared, dimension, metric), total);
  const sharePercent = driver && percentOf(driver.share).value;
  if (!driver || sharePercent === null || sharePercent === undefined) return [];
  const { key, change } = driver;
  const label = labelOf(compared, dimension, key);
  const counts = { change: Number(change), totalChange: Number(total) };
  return [{ metric, dimension, key, label, ...counts, sharePercent }];
}

function drivingRows(
  { current, previous }: Both,
  dimension: DrivingDimension,
  metric: DrivenMetric,
): DrivingRow[] {
  const countsIn = ({ facts }: PeriodMaterial): Map<string, bigint | null> =>
    new Map(facts.sums.breakdowns[dimension].map(({ key, sums }) => [key, sums[metric]]));
  const now = countsIn(current);
  const before = countsIn(previous);
  return [...new Set([...now.keys(), ...before.keys()])].map((key) => ({
    key,
    current: now.get(key) ?? null,
    previous: before.get(key) ?? null,
  }));
}
