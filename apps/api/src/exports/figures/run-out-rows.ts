import type { KpiDashboard } from '@retainer/core';

import { counted } from './counted.ts';
import { NOTHING, type ExportRow, type RowUnit } from './rows.ts';

type RunOut = KpiDashboard['insights']['runOuts']['items'][number];

/** An allowance that runs out, and the numbers of it. */
export interface RunOutRows extends Readonly<Record<Part, ExportRow>> {
  readonly of: RunOut;
  readonly rows: readonly ExportRow[];
}

type Part = 'taken' | 'limit' | 'remaining' | 'pacePerDay' | 'runsOutOn';

/** How many allowances run out. */
export function runOutTotal({ insights }: KpiDashboard): ExportRow[] {
  const place = { section: 'run_outs', figure: 'total', label: 'Allowances that run out' } as const;
  return [counted(place, insights.runOuts.total)];
}

/** The first few allowances that run out, the soonest first. */
export function runOutRows({ insights }: KpiDashboard): RunOutRows[] {
  return insights.runOuts.items.map((of) => {
    const uses = of.meter === 'storage_bytes' ? 'bytes' : 'count';
    const numberOf = (part: Part, label: string, unit: RowUnit): ExportRow => ({
      ...NOTHING,
      section: 'run_outs',
      figure: `${of.meter}.${part}`,
      label,
      unit,
      key: { client: of.clientWorkspaceId, name: of.name },
      current: of[part] === null ? null : String(of[part]),
      reason: part === 'runsOutOn' ? of.reason : null,
    });
    const parts = {
      taken: numberOf('taken', 'Taken', uses),
      limit: numberOf('limit', 'Allowed', uses),
      remaining: numberOf('remaining', 'Left', uses),
      pacePerDay: numberOf('pacePerDay', 'Pace a day', 'decimal'),
      runsOutOn: numberOf('runsOutOn', 'Runs out on', 'date'),
    };
    return { of, ...parts, rows: Object.values(parts) };
  });
}
