import type { KpiDashboard } from '@retainer/core';

import { highlightRows, monthRows, tierRows, type ReturnRows } from '../figures/rows.ts';
import { valueCell } from './figure-cells.ts';
import { day, text, type SheetCell, type SheetPage } from './sheet.ts';

const RETURN_COLUMNS = [
  { label: 'Cost', width: 18 },
  { label: 'Value', width: 18 },
  { label: 'ROI', width: 12 },
  { label: 'Currency', width: 10 },
  { label: 'Why unknown', width: 18 },
] as const;

/** Clients on each tier. */
export function tierSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Clients by tier',
    columns: [
      { label: 'Tier', width: 30 },
      { label: 'Key', width: 20 },
      { label: 'Active clients', width: 14 },
    ],
    rows: tierRows(dashboard).map((row) => [
      text(row.key.name),
      text(row.key.tier),
      valueCell(row.current, row),
    ]),
  };
}

/** The campaigns that did best. */
export function highlightSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Campaign highlights',
    columns: [
      { label: 'Campaign', width: 36 },
      { label: 'Campaign id', width: 24 },
      { label: 'Client', width: 24 },
      ...RETURN_COLUMNS,
    ],
    rows: highlightRows(dashboard).map((rows) => [
      text(rows.of.name),
      text(rows.of.campaignId),
      text(rows.of.clientWorkspaceId),
      ...returnCells(rows),
    ]),
  };
}

/** What each month cost and brought. */
export function monthSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'ROI by month',
    columns: [{ label: 'Month', width: 12 }, { label: 'Over', width: 8 }, ...RETURN_COLUMNS],
    rows: monthRows(dashboard).map((rows) => [
      monthCell(rows.of.month),
      text(rows.of.complete ? 'yes' : 'no'),
      ...returnCells(rows),
    ]),
  };
}

function monthCell(month: string): SheetCell {
  const first = day(`${month}-01`);
  return first.kind === 'date' ? { ...first, format: 'yyyy-mm' } : first;
}

function returnCells<T>({ cost, value, roi }: ReturnRows<T>): SheetCell[] {
  return [
    valueCell(cost.current, cost),
    valueCell(value.current, value),
    valueCell(roi.current, roi),
    text(cost.currency),
    text(roi.reason ?? value.reason ?? cost.reason),
  ];
}
