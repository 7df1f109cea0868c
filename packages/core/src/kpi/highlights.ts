import {
  highlights,
  percentOf,
  returnOnCost,
  type HighlightTerms,
  type Percent,
  type Total,
} from '@retainer/domain';

import type { CampaignFigures } from './campaign-figures.ts';

/** A campaign that did well, with what it cost and brought, tools apart. */
export interface Highlight {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly cost: Total;
  readonly value: Total;
  readonly roiPercent: Percent;
}

/** The campaigns with the highest ROI of a period. One whose value or cost is not wholly known has none. */
export function highlightsOf(
  campaigns: readonly CampaignFigures[],
  terms: HighlightTerms,
): Highlight[] {
  const ranked = campaigns.map(({ id, clientId, name, figures }) => ({
    id,
    clientId,
    name,
    // Ranked by what its ROI is made of, which may count the money of saved time.
    valueMinor: figures.returned.totalMinor,
    costMinor: figures.cost.total.totalMinor,
    cost: figures.cost.total,
    value: figures.value.total,
    figures,
  }));
  return highlights(ranked, terms).map(({ figures, ...campaign }) => ({
    ...campaign,
    roiPercent: percentOf(returnOnCost(figures)),
  }));
}
