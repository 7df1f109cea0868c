import type { KpiDashboard } from '@retainer/core';

import type { Brand } from '../brand/brand.ts';
import { figureRows, type FigureRow } from '../figures/rows.ts';

/** What the deck of an agency is made from. */
export interface DashboardFacts {
  readonly dashboard: KpiDashboard;
  readonly brand: Brand;
}

/** The same with its figures at hand. */
export interface SlideFacts extends DashboardFacts {
  readonly rows: readonly FigureRow[];
  /** A figure by its section and name. */
  readonly row: (section: FigureRow['section'], figure: string) => FigureRow;
}

/** Looks the figures up once. */
export function slideFacts(facts: DashboardFacts): SlideFacts {
  const rows = figureRows(facts.dashboard);
  return {
    ...facts,
    rows,
    row: (section, figure) => {
      const found = rows.find((one) => one.section === section && one.figure === figure);
      if (found) return found;
      throw new Error(`The dashboard has no figure ${section}.${figure}`);
    },
  };
}
