import {
  getAgencyKPIDashboard,
  type ExportFile,
  type ExportFormat,
  type GetAgencyKPIDashboardInput,
  type KpiDashboard,
  type ServiceContext,
} from '@retainer/core';

import { brandFor } from './brand/brand-for.ts';
import { renderCsv } from './csv/render-csv.ts';
import { dashboardDeck } from './deck/dashboard-deck.ts';
import { kpiFileName } from './files/file-name.ts';
import { renderApart } from './render/render-apart.ts';

/** Which file of which numbers. */
export interface DashboardExport {
  readonly format: ExportFormat;
  readonly query: GetAgencyKPIDashboardInput;
}

/** What is done for a file, one after the other. */
export const EXPORT_STEPS = [
  'reading the figures',
  'drawing the file',
  'keeping the file',
] as const;

/** Hears which of the steps comes next. */
export type OnStep = (step: number) => Promise<void>;

/** The agency's figures as a file. Every format is made from one and the same answer of the dashboard. */
export async function exportDashboard(
  ctx: ServiceContext,
  { format, query }: DashboardExport,
  onStep: OnStep = async () => undefined,
): Promise<ExportFile> {
  await onStep(0);
  const dashboard = await getAgencyKPIDashboard(ctx, query);
  await onStep(1);
  const bytes = await renderDashboard(ctx, { format, dashboard });
  await onStep(2);
  return { format, fileName: kpiFileName(dashboard, format), bytes };
}

async function renderDashboard(
  ctx: ServiceContext,
  { format, dashboard }: { readonly format: ExportFormat; readonly dashboard: KpiDashboard },
): Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return renderCsv(dashboard);
    case 'xlsx':
      return renderApart({ format, dashboard });
    case 'pptx':
    case 'pdf':
      return renderApart({
        format,
        deck: dashboardDeck({ dashboard, brand: await brandFor(ctx) }),
      });
  }
}
