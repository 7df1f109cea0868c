import {
  highlights,
  percentOf,
  returnFigures,
  returnOnCost,
  type Percent,
  type Total,
} from '@retainer/domain';

import type { DateRange } from '../rollups/sums.ts';
import { valueTerms } from '../value/tracking/client-figures.ts';
import { knownBy } from '../value/tracking/first-told.ts';
import { readCampaigns } from './campaigns.queries.ts';
import type { KpiWorld } from './counted.ts';
import { returnsOf } from './return-rows.ts';

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
export async function readHighlights(
  { sql, agency, roster }: KpiWorld,
  { count, ...range }: DateRange & { readonly count: number },
): Promise<Highlight[]> {
  const { currency } = agency;
  const told = new Map(roster.map((client) => [client.id, client.told]));
  const rows = await readCampaigns(sql, { ...range, currency });
  const campaigns = rows.flatMap((row) => {
    const first = told.get(row.clientId);
    if (!first) return [];
    const terms = valueTerms(knownBy(first, range.endDate), agency, agency);
    const figures = returnFigures(returnsOf(row, currency), terms);
    const { returned, cost, value } = figures;
    return [
      {
        id: row.campaignId,
        clientId: row.clientId,
        name: row.name,
        // Ranked by what its ROI is made of, which may count the money of saved time.
        valueMinor: returned.totalMinor,
        costMinor: cost.total.totalMinor,
        cost: cost.total,
        value: value.total,
        roiPercent: percentOf(returnOnCost(figures)),
      },
    ];
  });
  return highlights(campaigns, { count });
}
