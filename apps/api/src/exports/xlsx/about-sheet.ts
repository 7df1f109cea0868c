import type { KpiDashboard } from '@retainer/core';

import { CATALOGUE } from '../figures/catalogue.ts';
import { groundRows } from '../figures/rows.ts';
import { valueCell } from './figure-cells.ts';
import { day, text, type SheetCell, type SheetPage } from './sheet.ts';

/** What the numbers are of: days, comparison, zone, currency and time; what they rest on, and what each means. */
export function aboutSheet(dashboard: KpiDashboard): SheetPage {
  const { period, comparison } = dashboard;
  return {
    name: 'About',
    columns: [
      { label: 'About these numbers', width: 34 },
      { label: '', width: 90 },
    ],
    rows: [
      row('Agency', text(dashboard.agencyWorkspaceId)),
      row('First day', day(period.startDate)),
      row('Last day', day(period.endDate)),
      row('Counted until', day(period.countedUntil)),
      row('Compared from', day(comparison?.startDate ?? null)),
      row('Compared until', day(comparison?.endDate ?? null)),
      row('Compared with', text(comparison?.compareTo ?? 'nothing')),
      row('Time zone', text(dashboard.timeZone)),
      row('Currency', text(dashboard.currency)),
      row('Numbers as of (UTC)', {
        kind: 'date',
        date: dashboard.asOf,
        format: 'yyyy-mm-dd hh:mm:ss',
      }),
      row('Last day with metrics', day(dashboard.freshness.metricsUntil)),
      ...groundRows(dashboard).map((one) => row(one.label, valueCell(one.current, one))),
      row('An empty number', text('is not known; it is not 0. Why stands in its row.')),
      ...CATALOGUE.map(({ label, definition }) => row(label, text(definition))),
    ],
  };
}

function row(label: string, cell: SheetCell): SheetCell[] {
  return [text(label), cell];
}
