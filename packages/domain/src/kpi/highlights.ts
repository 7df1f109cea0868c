import { compareFractions, type Fraction } from '../money/fraction.ts';
import { firstOf } from './first-of.ts';

/** A campaign that is told apart by its id in its client, with what it cost and brought. */
export interface RankedCampaign {
  readonly id: string;
  readonly clientId: string;
  readonly valueMinor: bigint | null;
  readonly costMinor: bigint | null;
}

/** How many campaigns are shown, and what one must have cost to be among them. */
export interface HighlightTerms {
  readonly count: number;
  /** More than this, in minor units; 0 unless an agency leaves small ones out. */
  readonly costAboveMinor?: bigint;
}

/** The campaigns with the highest ROI, the larger value first where it is the same, then the smaller id. */
export function highlights<TCampaign extends RankedCampaign>(
  campaigns: readonly TCampaign[],
  { count, costAboveMinor = 0n }: HighlightTerms,
): TCampaign[] {
  const ranked = campaigns.flatMap((campaign): Ranked<TCampaign>[] => {
    const { valueMinor, costMinor } = campaign;
    if (valueMinor === null || costMinor === null) return [];
    if (costMinor <= 0n || costMinor <= costAboveMinor) return [];
    return [{ campaign, valueMinor, perCost: { num: valueMinor, den: costMinor } }];
  });
  return firstOf(ranked, count, compareRanked).map(({ campaign }) => campaign);
}

interface Ranked<TCampaign> {
  readonly campaign: TCampaign;
  readonly valueMinor: bigint;
  readonly perCost: Fraction;
}

function compareRanked(a: Ranked<RankedCampaign>, b: Ranked<RankedCampaign>): number {
  return (
    compareFractions(b.perCost, a.perCost) ||
    Number(b.valueMinor > a.valueMinor) - Number(b.valueMinor < a.valueMinor) ||
    compareText(a.campaign.id, b.campaign.id) ||
    compareText(a.campaign.clientId, b.campaign.clientId)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
