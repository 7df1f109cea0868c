import type { MadeReport, ReportFile, ServiceContext } from '@retainer/core';

import { brandFor } from '../exports/brand/brand-for.ts';
import { MEDIA_TYPES } from '../exports/files/media-types.ts';
import { renderApart } from '../exports/render/render-apart.ts';
import { reportDeck } from './report-deck.ts';

/** The PDF of a report, in the agency's look where the client's tier grants it. */
export async function renderReport(ctx: ServiceContext, report: MadeReport): Promise<ReportFile> {
  const { clientWorkspaceId: clientId } = report.content.client;
  const deck = reportDeck(report, await brandFor(ctx, { clientId }));
  const bytes = await renderApart({ format: 'pdf', deck });
  return { name: fileName(report), mediaType: MEDIA_TYPES.pdf, bytes };
}

const LONGEST_NAME = 60;

/** Letters and digits of any script; what file systems trip over becomes a hyphen. */
function fileName({ content: { client, period } }: MadeReport): string {
  const name = client.name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_NAME)
    .replaceAll(/^-+|-+$/gu, '');
  return `${name || 'report'}-${period.startDate}-to-${period.endDate}.pdf`;
}
