import type { MadeReport, ReportFile } from '@retainer/core';

import { NEUTRAL_LOOK } from '../exports/brand/brand.ts';
import { renderPdf } from '../exports/pdf/render-pdf.ts';
import { reportDeck } from './report-deck.ts';

/** The PDF of a report. */
export async function renderReport(report: MadeReport): Promise<ReportFile> {
  const { agency, client, period } = report.content;
  const brand = { name: agency.name, ...NEUTRAL_LOOK };
  const bytes = await renderPdf(reportDeck(report, brand));
  return { name: fileName(client.name, period), mediaType: 'application/pdf', bytes };
}

/** Letters and digits of any script; what file systems trip over becomes a dash. */
function fileName(client: string, { startDate, endDate }: { startDate: string; endDate: string }) {
  const name = client
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 60);
  return `${name || 'report'}-${startDate}-${endDate}.pdf`;
}
