import {
  compareFractions,
  fallOf,
  leadCostRise,
  returnOnCost,
  toDecimal,
  type Fraction,
  type ReturnFigures,
} from '@retainer/domain';

import type { Pair } from '../kpi-figure.ts';

/** Why a campaign is to be looked at. */
export interface CampaignTroubleDto {
  /** A lead costs more than before; the ROI fell; less came of it than it cost. */
  readonly code: 'cost_per_lead_up' | 'roi_fallen' | 'roi_negative';
  /** By how many per cent or points, or the ROI itself in per cent, to 4 places. */
  readonly by: string;
}

const HUNDRED: Fraction = { num: 100n, den: 1n };
const PLACES = 4;

/** What is wrong with a campaign; nothing where nothing is. What falls by no more than the band is stable. */
export function troubleOf(
  { current, previous }: Pair<ReturnFigures>,
  stablePoints: Fraction,
): CampaignTroubleDto | undefined {
  const now = current && roiPoints(current);
  if (!current || !now) return undefined;
  const rise = previous && leadCostRise(leadsOf(current), leadsOf(previous));
  if (rise) return { code: 'cost_per_lead_up', by: toDecimal(times(rise, HUNDRED), PLACES) };
  const before = previous ? roiPoints(previous) : null;
  const fall = fallOf({ current: now, previous: before }, stablePoints);
  if (fall) return { code: 'roi_fallen', by: toDecimal(fall, PLACES) };
  if (now.num < 0n) return { code: 'roi_negative', by: toDecimal(now, PLACES) };
  return undefined;
}

/** Which of two campaigns brought less of what it cost: the worse one first, and the unknown last. */
export function byLowestRoi(a: ReturnFigures, b: ReturnFigures): number {
  const [one, other] = [roiPoints(a), roiPoints(b)];
  if (one && other) return compareFractions(one, other);
  return Number(other !== null) - Number(one !== null);
}

/** The ROI in percentage points. */
function roiPoints(figures: ReturnFigures): Fraction | null {
  const ratio = returnOnCost(figures);
  return 'fraction' in ratio ? times(ratio.fraction, HUNDRED) : null;
}

function leadsOf({ cost, value }: ReturnFigures) {
  return { costMinor: cost.total.totalMinor, leads: value.leads };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.num, den: a.den * b.den };
}
