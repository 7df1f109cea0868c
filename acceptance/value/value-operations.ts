import {
  conversionRate,
  cpa,
  cpc,
  cpi,
  cpl,
  cpm,
  ctr,
  earnedMediaValue,
  effectiveHourlyRate,
  engagementRate,
  groupEngagementRate,
  leadConversion,
  margin,
  markup,
  roas,
  roi,
  timeSaved,
  valuePerHour,
  type EngagementBasis,
  type MoneyRatio,
  type Ratio,
} from '@retainer/domain';

import { otherThan, type Fields } from '../compare.ts';
import { exact, rows, whole, wholeOrNull, word, type Operation } from './given.ts';
import { moneyFields, number, numberOrNull, ratioFields } from './shown.ts';

const BASES: readonly EngagementBasis[] = ['impressions', 'reach', 'followers'];

type OfTwo<R> = (first: bigint | null, second: bigint | null) => R;

/** What came of what was spent: one figure an operation. */
export const VALUE_OPERATIONS: Readonly<Record<string, Operation>> = {
  roi: (given) => ratioFields(roi({ valueMinor: valueOf(given), costMinor: costOf(given) })),
  roas: ratioOf(roas, 'revenueMinor', 'adSpendMinor'),
  cpm: moneyOf(cpm, 'costMinor', 'impressions'),
  cpi: moneyOf(cpi, 'costMinor', 'impressions'),
  cpl: moneyOf(cpl, 'costMinor', 'leads'),
  cpa: moneyOf(cpa, 'costMinor', 'conversions'),
  cpc: moneyOf(cpc, 'costMinor', 'clicks'),
  engagementRate: (given) => {
    const { name, rate } = engagementRate({
      basis: word(given['basis'], BASES),
      engagement: wholeOrNull(given, 'engagements'),
      denominator: wholeOrNull(given, 'denominator'),
    });
    return { ...ratioFields(rate), name };
  },
  engagementRateGroup: (given) => {
    const rate = groupEngagementRate(
      rows(given, 'posts').map((post) => ({
        impressions: wholeOrNull(post, 'impressions'),
        engagement: wholeOrNull(post, 'engagements'),
      })),
    );
    return { ...ratioFields(rate), meanOfRatesMustNotBeUsed: otherThan(rate.value) };
  },
  ctr: ratioOf(ctr, 'clicks', 'impressions'),
  conversionRate: ratioOf(conversionRate, 'conversions', 'clicks'),
  leadConversion: ratioOf(leadConversion, 'conversions', 'leads'),
  effectiveRate: moneyOf(effectiveHourlyRate, 'feeMinor', 'seconds'),
  valuePerHour: moneyOf(valuePerHour, 'valueMinor', 'seconds'),
  margin: (given) =>
    ratioFields(margin({ feeMinor: wholeOrNull(given, 'feeMinor'), costMinor: costOf(given) })),
  marginMarkup: (given) => {
    const costMinor = whole(given, 'costMinor');
    const feeMinor = costMinor + whole(given, 'markupMinor');
    return {
      margin: margin({ feeMinor, costMinor }).value,
      markup: markup({ feeMinor, costMinor }).value,
    };
  },
  timeSaved: savedTime,
  emv: (given) => {
    const benchmarks =
      wholeOrNull(given, 'cpmMinor') === null || wholeOrNull(given, 'cpcMinor') === null
        ? null
        : {
            cpmMinor: whole(given, 'cpmMinor'),
            cpcMinor: whole(given, 'cpcMinor'),
            reactionMultiplier: exact(given['reactionMultiplier']),
          };
    const attention = {
      impressions: wholeOrNull(given, 'impressions'),
      clicks: wholeOrNull(given, 'clicks'),
      reactions: wholeOrNull(given, 'reactions'),
    };
    const { minor, ...why } = earnedMediaValue(attention, benchmarks);
    return { emvMinor: numberOrNull(minor), ...why };
  },
};

function ratioOf(rule: OfTwo<Ratio>, first: string, second: string): Operation {
  return (given) => ratioFields(rule(wholeOrNull(given, first), wholeOrNull(given, second)));
}

function moneyOf(rule: OfTwo<MoneyRatio>, first: string, second: string): Operation {
  return (given) => moneyFields(rule(wholeOrNull(given, first), wholeOrNull(given, second)));
}

function valueOf(given: Fields): bigint | null {
  return wholeOrNull(given, given['valueMinor'] === undefined ? 'revenueMinor' : 'valueMinor');
}

function costOf(given: Fields): bigint | null {
  return wholeOrNull(given, 'costMinor');
}

function savedTime(given: Fields): Fields {
  const saved = timeSaved(
    rows(given, 'actions').map((action) => ({
      count: whole(action, 'count'),
      baselineSeconds: whole(action, 'baselineSeconds'),
      actualSeconds: whole(action, 'actualSeconds'),
    })),
    { minorPerHour: wholeOrNull(given, 'rateMinorPerHour') },
  );
  return {
    savedSeconds: number(saved.savedSeconds),
    valueMinor: numberOrNull(saved.value.totalMinor),
    savedShare: saved.efficiency.value,
    reason: saved.efficiency.value === null ? saved.efficiency.reason : saved.value.reason,
  };
}
