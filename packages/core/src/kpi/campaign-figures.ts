import {
  missing,
  returnFigures,
  roi,
  type DateSpan,
  type Ratio,
  type ReturnFigures,
  type ValueTerms,
} from '@retainer/domain';

import { keptPartsOf } from '../kernel/kept-parts.ts';
import { valueTerms } from '../value/tracking/client-figures.ts';
import { knownBy } from '../value/tracking/first-told.ts';
import { readCampaigns, type CampaignRow } from './campaigns.queries.ts';
import { rangeOf, type KpiWorld } from './counted.ts';
import { wanted } from './kept.ts';
import { returnsOf } from './return-rows.ts';

/** A campaign, with what it cost and brought in a period, tools apart. */
export interface CampaignFigures {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly figures: ReturnFigures;
}

const keptFigures = keptPartsOf<readonly CampaignFigures[]>(60_000);

/** Every campaign that cost something in a period, in the agency's currency. */
export async function readCampaignFigures(
  world: KpiWorld,
  span: DateSpan,
): Promise<CampaignFigures[]> {
  const { sql, agency, agencyId, roster, marks, memory } = world;
  const { currency } = agency;
  const range = rangeOf(span);
  const question = [agencyId, currency, range.startDate, range.endDate].join('\n');
  // What a campaign is called, what the agency values, and what the client ever told are in its figures too.
  const all = `${marks.campaigns} ${marks.agency}`;
  const named = new Map([...marks.clients].map(([id, mark]) => [id, `${mark} ${all}`]));
  const figures = await keptFigures(memory.owner).take(question, named, async (ids) => {
    const rows = await readCampaigns(sql, { ...range, currency, clientIds: wanted(world, ids) });
    const byClient = Map.groupBy(rows, (row) => row.clientId);
    return new Map(
      roster.flatMap((client) => {
        const own = byClient.get(client.id);
        if (!own) return [];
        const terms = valueTerms(knownBy(client.told, range.endDate), agency, agency);
        return [[client.id, own.map((row) => toFigures(row, currency, terms))] as const];
      }),
    );
  });
  return [...figures.values()].flat();
}

function toFigures(row: CampaignRow, currency: string, terms: ValueTerms): CampaignFigures {
  const { campaignId: id, clientId, name } = row;
  return { id, clientId, name, figures: returnFigures(returnsOf(row, currency), terms) };
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
