import type { KpiDashboard } from '@retainer/core';

import { numbersByMonth } from '../figures/annotation-rows.ts';
import { highlightRows, monthRows, tierRows, type ReturnRows } from '../figures/rows.ts';
import { changeCell, shareCell, valueCell } from './figure-cells.ts';
import { day, text, type SheetCell, type SheetPage } from './sheet.ts';

const RETURN_COLUMNS = [
  { label: 'Cost', width: 18, align: 'right' },
  { label: 'Value', width: 18, align: 'right' },
  { label: 'ROI', width: 12, align: 'right' },
  { label: 'Currency', width: 10, align: 'left' },
  { label: 'Why unknown', width: 18, align: 'left' },
] as const;

/** Clients on each tier. */
export function tierSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Clients by tier',
    columns: [
      { label: 'Tier', width: 30, align: 'left' },
      { label: 'Key', width: 20, align: 'left' },
      { label: 'Active clients', width: 14, align: 'right' },
      { label: 'Before', width: 12, align: 'right' },
      { label: 'Difference', width: 12, align: 'right' },
      { label: 'Change', width: 12, align: 'right' },
    ],
    rows: tierRows(dashboard).map((row) => [
      text(row.key.name),
      text(row.key.tier),
      valueCell(row.current, row),
      valueCell(row.previous, row),
      changeCell(row),
      shareCell(row.changePercent),
    ]),
  };
}

/** The campaigns that did best. */
export function highlightSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Campaign highlights',
    columns: [
      { label: 'Campaign', width: 36, align: 'left' },
      { label: 'Campaign id', width: 24, align: 'left' },
      { label: 'Client', width: 24, align: 'left' },
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
  const numbers = numbersByMonth(dashboard);
  return {
    name: 'ROI by month',
    columns: [
      { label: 'Month', width: 12, align: 'left' },
      { label: 'Over', width: 8, align: 'left' },
      ...RETURN_COLUMNS,
      { label: 'Annotations', width: 14, align: 'left' },
    ],
    rows: monthRows(dashboard).map((rows) => [
      monthCell(rows.of.month),
      text(rows.of.complete ? 'yes' : 'no'),
      ...returnCells(rows),
      text(numbers.get(rows.of.month)?.join(', ')),
    ]),
  };
}

/** A month that is written YYYY-MM, as its first day. */
export function monthCell(month: string): SheetCell {
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
