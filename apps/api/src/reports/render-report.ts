import type { MadeReport, ReportFile, ServiceContext } from '@retainer/core';

import { brandFor } from '../exports/brand/brand-for.ts';
import { renderPdf } from '../exports/pdf/render-pdf.ts';
import { reportDeck } from './report-deck.ts';

/** The PDF of a report, in the agency's look where the client's tier grants it. */
export async function renderReport(ctx: ServiceContext, report: MadeReport): Promise<ReportFile> {
  const { client, period } = report.content;
  const brand = await brandFor(ctx, { clientId: client.clientWorkspaceId });
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
