import {
  addTotals,
  isRunOutNear,
  margin,
  missing,
  returnFigures,
  worstAttention,
  type Ratio,
  type Total,
} from '@retainer/domain';

import type { InsightsDto } from '../kpi/dashboard-dto.ts';
import {
  amountKpi,
  differenceKpi,
  returnKpi,
  type KpiTerms,
  type Pair,
} from '../kpi/kpi-figure.ts';
import type { TierBook } from '../tiers/tier-book.ts';
import { toAttention } from './attention/attention-dto.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { countAttention } from './needs-attention.ts';
import type { Insights } from './read-insights.ts';
import { toRunOut } from './run-out-dto.ts';
import { bySoonest } from './run-outs.ts';
import { countFits, tierFitsOf } from './tier-fits.ts';

/** How many of each list the dashboard tells. */
const FEW = 5;

/** What the home screen needs of the insights, without a second request. */
export function toDashboardInsights(
  { service, taken, allowances, attention }: Insights,
  of: {
    readonly book: TierBook;
    readonly periods: Pair<JudgedPeriod>;
    readonly terms: KpiTerms;
  },
): InsightsDto {
  const soon = allowances
    .filter(({ found, window }) => isRunOutNear(found, { window, now: service.now }))
    .toSorted(bySoonest);
  return {
    margin: toMargin(of.periods, of.terms),
    tierFit: countFits(tierFitsOf(service, of.book, taken)),
    needsAttention: {
      counts: countAttention(attention),
      items: worstAttention(attention, FEW).map(toAttention),
    },
    runOuts: { total: soon.length, items: soon.slice(0, FEW).map(toRunOut) },
  };
}

function toMargin(
  { current, previous }: Pair<JudgedPeriod>,
  terms: KpiTerms,
): InsightsDto['margin'] {
  const of = {
    current: current && marginOf(current),
    previous: previous && marginOf(previous),
  };
  const pick = <T>(part: (margins: Margins) => T): Pair<T> => ({
    current: of.current && part(of.current),
    previous: of.previous && part(of.previous),
  });
  return {
    fee: amountKpi(
      pick(({ fee }) => fee),
      terms,
      1,
    ),
    cost: amountKpi(
      pick(({ cost }) => cost),
      terms,
      -1,
    ),
    kept: differenceKpi(
      amountKpi(
        pick(({ kept }) => kept),
        terms,
        1,
      ),
    ),
    marginPercent: returnKpi(
      pick(({ ratio }) => ratio),
      terms,
      'percent',
    ),
  };
}

interface Margins {
  readonly fee: Total;
  readonly cost: Total;
  readonly kept: Total;
  readonly ratio: Ratio;
}

/** What is kept of all fees together; what tools cost that no client bears is in it. */
function marginOf({ counted, fees }: JudgedPeriod): Margins {
  const fee = addTotals([...fees.values()]);
  const cost = returnFigures(counted.total, NOTHING_ASSUMED).cost.borneByAgency;
  const { totalMinor: feeMinor } = fee;
  const { totalMinor: costMinor } = cost;
  const reason = fee.reason ?? cost.reason;
  return {
    fee,
    cost,
    kept:
      feeMinor === null || costMinor === null
        ? { totalMinor: null, knownMinor: 0n, reason }
        : { totalMinor: feeMinor - costMinor, knownMinor: 0n, reason: undefined },
    ratio: reason === undefined ? margin({ feeMinor, costMinor }) : missing(reason),
  };
}

// Costs depend on nothing that is assumed of value.
const NOTHING_ASSUMED = {
  revenueKnown: false,
  leadsKnown: false,
  conversionsKnown: false,
  conversionValueMinor: null,
  leadValueMinor: null,
} as const;
