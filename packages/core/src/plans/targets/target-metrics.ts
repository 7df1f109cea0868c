import {
  fraction,
  margin,
  minorDigits,
  missing,
  multiplyFractions,
  type Fraction,
  type GoalAsk,
  type Missing,
  type MoneyRatio,
  type Ratio,
  type Total,
  type ValueFigures,
} from '@retainer/domain';

/** All that a target may be set for, worked out of some complete days. */
export interface Reached {
  readonly figures: ValueFigures;
  /** Value over cost, as it is told of whom the target is. */
  readonly roi: Ratio;
  /** What was charged; undefined where no target asks for it. */
  readonly fee: Total | undefined;
  readonly reach: Fraction | Missing;
}

type MetricKind = GoalAsk['kind'];

interface Metric {
  /** A sum grows from day to day; a ratio is what it is. */
  readonly kind: MetricKind;
  readonly of: (reached: Reached) => Fraction | Missing;
}

const HUNDRED: Fraction = { num: 100n, den: 1n };
const HOUR = 3600n;

const sum = (of: Metric['of']): Metric => ({ kind: 'sum', of });
const ratio = (of: Metric['of']): Metric => ({ kind: 'ratio', of });
const count = (of: (figures: ValueFigures['value']) => bigint | null): Metric =>
  sum(({ figures }) => countOf(of(figures.value)));
const amount = (of: (figures: ValueFigures) => Total): Metric =>
  sum(({ figures }) => majorOf(of(figures), figures.currency));
const share = (of: (figures: ValueFigures['efficiency']) => Ratio): Metric =>
  ratio(({ figures }) => ratioOf(of(figures.efficiency)));
const percent = (of: (figures: ValueFigures['efficiency']) => Ratio): Metric =>
  ratio(({ figures }) => percentOf(of(figures.efficiency)));
const price = (of: (figures: ValueFigures['efficiency']) => MoneyRatio): Metric =>
  ratio(({ figures }) => unitMajor(of(figures.efficiency), figures.currency));

/** What may be aimed at: the figures of value tracking, by their names there. */
const METRICS = {
  impressions: count((value) => value.impressions),
  reach: ratio(({ reach }) => reach),
  engagement: count((value) => value.engagement),
  clicks: count((value) => value.clicks),
  videoViews: count((value) => value.videoViews),
  leads: count((value) => value.leads),
  conversions: count((value) => value.conversions),
  revenue: amount(({ value }) => value.revenue),
  value: amount(({ value }) => value.total),
  posts: count((value) => value.posts),
  cost: amount(({ cost }) => cost.total),
  adSpend: amount(({ cost }) => cost.adSpend),
  hours: sum(({ figures }) => fraction(figures.cost.seconds, HOUR)),
  roiPercent: ratio(({ roi }) => percentOf(roi)),
  roas: share((figures) => figures.roas),
  costPerImpression: price((figures) => figures.costPerImpression),
  costPerThousandImpressions: price((figures) => figures.costPerThousandImpressions),
  costPerClick: price((figures) => figures.costPerClick),
  costPerLead: price((figures) => figures.costPerLead),
  costPerConversion: price((figures) => figures.costPerConversion),
  engagementRatePercent: percent((figures) => figures.engagementRate),
  clickThroughRatePercent: percent((figures) => figures.ctr),
  conversionRatePercent: percent((figures) => figures.conversionRate),
  leadConversionPercent: percent((figures) => figures.leadConversion),
  valuePerHour: price((figures) => figures.valuePerHour),
  timeEfficiency: share((figures) => figures.timeEfficiency),
  marginPercent: ratio(marginOf),
} as const satisfies Readonly<Record<string, Metric>>;

export type TargetMetric = keyof typeof METRICS;

/** Every metric that a target may be set for. */
export const TARGET_METRICS: readonly [TargetMetric, ...TargetMetric[]] = namesOf(METRICS);

/** How a metric comes about, and what it came to in the target's own unit. */
export function reachedOf(
  metric: string,
  reached: Reached,
): { readonly kind: MetricKind; readonly actual: Fraction | Missing } {
  const known: Readonly<Record<string, Metric>> = METRICS;
  const found = known[metric];
  if (!found) throw new Error(`nobody can aim at ${metric}`);
  return { kind: found.kind, actual: found.of(reached) };
}

// The object is written out above, so its keys are all there are and at least one.
function namesOf<TMap extends object>(map: TMap): readonly [keyof TMap, ...(keyof TMap)[]] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(map) as [keyof TMap, ...(keyof TMap)[]];
}

function countOf(value: bigint | null): Fraction | Missing {
  return value === null ? missing('missing_data') : fraction(value, 1n);
}

function majorOf({ totalMinor, reason }: Total, currency: string): Fraction | Missing {
  if (totalMinor === null) return missing(reason ?? 'missing_data');
  return fraction(totalMinor, minorOf(currency));
}

function ratioOf(value: Ratio): Fraction | Missing {
  return value.value === null ? value : value.fraction;
}

function percentOf(value: Ratio): Fraction | Missing {
  return value.value === null ? value : multiplyFractions(value.fraction, HUNDRED);
}

function unitMajor(value: MoneyRatio, currency: string): Fraction | Missing {
  if (value.minor === null) return missing(value.reason);
  return multiplyFractions(value.fraction, fraction(1n, minorOf(currency)));
}

function marginOf({ figures, fee }: Reached): Fraction | Missing {
  const cost = figures.cost.borneByAgency;
  const reason = fee?.reason ?? cost.reason;
  if (reason !== undefined) return missing(reason);
  return percentOf(margin({ feeMinor: fee?.totalMinor ?? null, costMinor: cost.totalMinor }));
}

function minorOf(currency: string): bigint {
  return 10n ** BigInt(minorDigits(currency));
}
