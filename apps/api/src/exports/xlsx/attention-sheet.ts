import type { KpiDashboard } from '@retainer/core';

import { attentionRows } from '../figures/attention-rows.ts';
import type { ExportRow } from '../figures/rows.ts';
import { valueCell } from './figure-cells.ts';
import { text, type SheetCell, type SheetPage } from './sheet.ts';

/** The first few of what needs attention, the worst first. */
export function attentionSheet(dashboard: KpiDashboard): SheetPage {
  return {
    name: 'Needs attention',
    columns: [
      { label: 'How soon', width: 12, align: 'left' },
      { label: 'Client', width: 30, align: 'left' },
      { label: 'Client id', width: 24, align: 'left' },
      { label: 'Campaign', width: 24, align: 'left' },
      { label: 'What', width: 70, align: 'left' },
      { label: 'Code', width: 22, align: 'left' },
      { label: 'Now', width: 18, align: 'right' },
      { label: 'Compared with', width: 18, align: 'right' },
      { label: 'Unit', width: 10, align: 'left' },
      { label: 'Currency', width: 10, align: 'left' },
      { label: 'Look at', width: 14, align: 'left' },
    ],
    rows: attentionRows(dashboard).map(({ of, figure, comparedWith }) => [
      text(of.severity),
      text(of.clientName),
      text(of.clientWorkspaceId),
      text(of.campaignName),
      text(of.message),
      text(of.code),
      numberCell(figure),
      numberCell(comparedWith),
      text((figure ?? comparedWith)?.unit),
      text((figure ?? comparedWith)?.currency),
      text(of.lookAt),
    ]),
  };
}

function numberCell(row: ExportRow | undefined): SheetCell {
  return row ? valueCell(row.current, row) : text(null);
}
