import type { KpiDashboard } from '@retainer/core';

import { counted } from './counted.ts';
import type { ExportRow } from './rows.ts';

const FITS = [
  { figure: 'fits', label: 'Clients whose tier fits' },
  { figure: 'over', label: 'Clients who asked for more than their tier takes' },
  { figure: 'under', label: 'Clients whom a cheaper tier would have served' },
  { figure: 'unknown', label: 'Clients without a tier or a whole week' },
] as const;

/** How many clients are on the tier that would have fitted their last twelve weeks. */
export function tierFitRows({ insights }: KpiDashboard): ExportRow[] {
  return FITS.map(({ figure, label }) =>
    counted({ section: 'tier_fit', figure, label }, insights.tierFit[figure]),
  );
}
