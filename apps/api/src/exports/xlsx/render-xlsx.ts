import type { KpiDashboard } from '@retainer/core';
import writeExcelFile from 'write-excel-file/node';

import { aboutSheet } from './about-sheet.ts';
import { annotationSheet } from './annotation-sheet.ts';
import { attentionSheet } from './attention-sheet.ts';
import { countSheet } from './count-sheet.ts';
import { figureSheets } from './figure-sheets.ts';
import { goalSheet } from './goal-sheet.ts';
import { highlightSheet, monthSheet, tierSheet } from './list-sheets.ts';
import { runOutSheet } from './run-out-sheet.ts';
import { toSheet, type SheetPage } from './sheet.ts';

/** The dashboard as a workbook to calculate with: a sheet a section, and one that says what the numbers are. */
export async function renderXlsx(dashboard: KpiDashboard): Promise<Uint8Array> {
  const sheets = sheetsOf(dashboard).map(toSheet);
  return writeExcelFile(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
}

function sheetsOf(dashboard: KpiDashboard): SheetPage[] {
  const [performance, content, clients, campaigns, roi, margin] = figureSheets(dashboard);
  return [
    performance,
    content,
    clients,
    tierSheet(dashboard),
    campaigns,
    highlightSheet(dashboard),
    roi,
    monthSheet(dashboard),
    margin,
    goalSheet(dashboard),
    attentionSheet(dashboard),
    runOutSheet(dashboard),
    annotationSheet(dashboard),
    countSheet(dashboard),
    aboutSheet(dashboard),
  ].filter((sheet) => sheet !== undefined);
}
