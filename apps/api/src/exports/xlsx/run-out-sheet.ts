import type { KpiDashboard } from '@retainer/core';

import { meterName } from '../figures/meter-name.ts';
import { runOutRows } from '../figures/run-out-rows.ts';
import { valueCell } from './figure-cells.ts';
import { text, type SheetPage } from './sheet.ts';

/** The first few allowances that run out, the soonest first. */
export function runOutSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Run-outs',
    columns: [
      { label: 'Client', width: 30, align: 'left' },
      { label: 'Client id', width: 24, align: 'left' },
      { label: 'Allowance', width: 18, align: 'left' },
      { label: 'Taken', width: 16, align: 'right' },
      { label: 'Allowed', width: 16, align: 'right' },
      { label: 'Left', width: 16, align: 'right' },
      { label: 'Pace a day', width: 12, align: 'right' },
      { label: 'Runs out on', width: 14, align: 'right' },
      { label: 'Why no day', width: 18, align: 'left' },
    ],
    rows: runOutRows(dashboard).map(({ of, taken, limit, remaining, pacePerDay, runsOutOn }) => [
      text(of.name),
      text(of.clientWorkspaceId),
      text(meterName(of.meter)),
      valueCell(taken.current, taken),
      valueCell(limit.current, limit),
      valueCell(remaining.current, remaining),
      valueCell(pacePerDay.current, pacePerDay),
      valueCell(runsOutOn.current, runsOutOn),
      text(of.reason),
    ]),
  };
}
