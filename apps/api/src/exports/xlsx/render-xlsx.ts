import type { KpiDashboard } from '@retainer/core';
import writeExcelFile from 'write-excel-file/node';

import { aboutSheet } from './about-sheet.ts';
import { figureSheets } from './figure-sheets.ts';
import { highlightSheet, monthSheet, tierSheet } from './list-sheets.ts';
import { toSheet, type SheetPage } from './sheet.ts';

/** The dashboard as a workbook to calculate with: a sheet a section, and one that says what the numbers are. */
export async function renderXlsx(dashboard: KpiDashboard): Promise<Uint8Array> {
  const sheets = sheetsOf(dashboard).map(toSheet);
  return writeExcelFile(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
}

function sheetsOf(dashboard: KpiDashboard): SheetPage[] {
  const [performance, content, clients, campaigns, roi] = figureSheets(dashboard);
  return [
    performance,
    content,
    clients,
    tierSheet(dashboard),
    campaigns,
    highlightSheet(dashboard),
    roi,
    monthSheet(dashboard),
    aboutSheet(dashboard),
  ].filter((sheet) => sheet !== undefined);
}
