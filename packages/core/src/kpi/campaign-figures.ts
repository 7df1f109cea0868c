import {
  missing,
  returnFigures,
  roi,
  type DateSpan,
  type Ratio,
  type ReturnFigures,
} from '@retainer/domain';

import { valueTerms } from '../value/tracking/client-figures.ts';
import { knownBy } from '../value/tracking/first-told.ts';
import { readCampaigns } from './campaigns.queries.ts';
import { rangeOf, type KpiWorld } from './counted.ts';
import { returnsOf } from './return-rows.ts';

/** A campaign, with what it cost and brought in a period, tools apart. */
export interface CampaignFigures {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly figures: ReturnFigures;
}

/** Every campaign that cost something in a period, in the agency's currency. */
export async function readCampaignFigures(
  { sql, agency, roster }: KpiWorld,
  span: DateSpan,
): Promise<CampaignFigures[]> {
  const { currency } = agency;
  const range = rangeOf(span);
  const told = new Map(roster.map((client) => [client.id, client.told]));
  const rows = await readCampaigns(sql, { ...range, currency });
  return rows.flatMap((row): CampaignFigures[] => {
    const first = told.get(row.clientId);
    if (!first) return [];
    const terms = valueTerms(knownBy(first, range.endDate), agency, agency);
    const figures = returnFigures(returnsOf(row, currency), terms);
    const { campaignId: id, clientId, name } = row;
    return [{ id, clientId, name, figures }];
  });
}

/** Value over cost of all campaigns together of which both are known. */
export function campaignsRoi(campaigns: readonly CampaignFigures[]): Ratio {
  let [valueMinor, costMinor] = [0n, 0n];
  let isKnown = false;
  for (const { figures } of campaigns) {
    const { returned, cost } = figures;
    if (returned.totalMinor === null || cost.total.totalMinor === null) continue;
    isKnown = true;
    valueMinor += returned.totalMinor;
    costMinor += cost.total.totalMinor;
  }
  return isKnown ? roi({ valueMinor, costMinor }) : missing('missing_data');
}
