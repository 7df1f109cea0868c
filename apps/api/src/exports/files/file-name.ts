import type { ExportFormat, KpiDashboard } from '@retainer/core';

const LONGEST = 60;

/** A name that says whose numbers of which days are in a file; any system takes it. */
export function kpiFileName(
  { agencyWorkspaceId, period }: Pick<KpiDashboard, 'agencyWorkspaceId' | 'period'>,
  format: ExportFormat,
): string {
  const { startDate, endDate } = period;
  return `${slugOf(agencyWorkspaceId)}-kpi-${startDate}-to-${endDate}.${format}`;
}

/** What of an id stays when only letters, digits and hyphens may. */
function slugOf(id: string): string {
  const slug = id
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, LONGEST)
    .toLowerCase();
  return slug === '' ? 'agency' : slug;
}
