import type { KpiDashboard } from '@retainer/core';

import { attentionCounts } from '../figures/attention-rows.ts';
import { clientGoalRows } from '../figures/goal-rows.ts';
import { runOutTotal } from '../figures/run-out-rows.ts';
import { tierFitRows } from '../figures/tier-fit-rows.ts';
import { valueCell } from './figure-cells.ts';
import { text, type SheetPage } from './sheet.ts';

/** How much there is of what other sheets list the first few of, and how clients' tiers and goals stand. */
export function countSheet(dashboard: KpiDashboard): SheetPage {
  const rows = [
    ...tierFitRows(dashboard),
    ...attentionCounts(dashboard),
    ...runOutTotal(dashboard),
    ...clientGoalRows(dashboard),
  ];
  return {
    name: 'Counts',
    columns: [
      { label: 'What', width: 52, align: 'left' },
      { label: 'How many', width: 12, align: 'right' },
    ],
    rows: rows.map((row) => [text(row.label), valueCell(row.current, row)]),
  };
}
