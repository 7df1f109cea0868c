export {
  budgetState,
  type BudgetFigures,
  type BudgetState,
  type BudgetUse,
} from './budgets/budget-state.ts';
export { goalState, type GoalAsk, type GoalFigures, type GoalState } from './budgets/goal-state.ts';
export { pacing, type Pace } from './budgets/pacing.ts';
export {
  targetOver,
  targetState,
  type MonthlyTargets,
  type TargetDirection,
  type TargetFigures,
} from './budgets/target.ts';
export { billingPeriodOf, type BillingAnchor } from './calendar/billing-period.ts';
export { calendarDateOf, calendarDayOf, type ZoneEpoch } from './calendar/calendar-day.ts';
export { daysOf, type DateSpan } from './calendar/date-span.ts';
export type { Instant, LocalDate, Window } from './calendar/instant.ts';
export { lastMomentOf } from './calendar/last-moment.ts';
export {
  addDays,
  addMonthsClamped,
  dayOfWeek,
  daysBetween,
  isLocalDate,
} from './calendar/local-date.ts';
export {
  changeCalendar,
  weekOf,
  type CalendarChange,
  type CalendarEpoch,
  type CalendarRules,
  type WeekStart,
} from './calendar/week.ts';
export { isTimeZone, localDateOf, startOfDay } from './calendar/zone.ts';
export { DomainError, type DomainErrorCode, type InputIssue } from './errors.ts';
export { formatNull, type NullFigure, type NullText } from './format/format-null.ts';
export { formatNumber, type NumberStyle, type ShownNumber } from './format/format-number.ts';
export { chargesOf, type BilledTerm, type Charge, type ChargesAsk } from './fees/charges.ts';
export { feeDays, feeIn, type DatedAmount } from './fees/fee-days.ts';
export { ALERT_THRESHOLDS, crossings, rearmed, type Crossing } from './gate/alerts.ts';
export {
  denies,
  judge,
  outcomeOf,
  type Ask,
  type Count,
  type Reason,
  type ReasonCode,
  type WindowCounts,
} from './gate/decide.ts';
export {
  dueAt,
  GRACE_MS,
  receiptLines,
  RETRY_MS,
  statusOf,
  type Contribution,
  type Hold,
  type HoldFlag,
  type HoldStatus,
  type Receipt,
  type ReceiptLine,
  type Unit,
} from './gate/hold.ts';
export {
  ALWAYS,
  lastSegmentAt,
  limitAt,
  segmentAt,
  stateAt,
  windowAt,
  type Block,
  type Override,
  type Policy,
  type Segment,
  type StateReason,
} from './gate/policy.ts';
export { usageRow, type UsageRow } from './gate/usage-row.ts';
export {
  fallOf,
  hasStoppedPosting,
  isLongEnough,
  isRunOutNear,
  isTrialEnding,
  leadCostRise,
  SILENT_DAYS,
  type LeadCost,
} from './insights/attention-rules.ts';
export {
  ATTENTION,
  ATTENTION_CODES,
  rankAttention,
  worstAttention,
  type Attention,
  type AttentionCode,
  type AttentionSeverity,
} from './insights/attention.ts';
export {
  LEVEL_DAYS,
  levelUse,
  pacePerDay,
  runOut,
  windowUse,
  type RunOut,
  type RunOutReason,
  type Use,
} from './insights/run-out.ts';
export {
  busiestAndMedian,
  tierFit,
  type Fit,
  type PricedTier,
  type TierFit,
} from './insights/tier-fit.ts';
export {
  tierGaps,
  wishedOf,
  type TierGap,
  type Wish,
  type WishedMeter,
  type WishedWeek,
  type Wishes,
} from './insights/tier-gaps.ts';
export { averageRoi } from './kpi/average-roi.ts';
export { bucketsOf, bucketUnit, type Bucket, type BucketUnit } from './kpi/buckets.ts';
export {
  clientsByTier,
  type ClientCounts,
  type TierDates,
  type TieredClient,
} from './kpi/clients-by-tier.ts';
export {
  comparisonPeriod,
  monthToDate,
  rollingDays,
  type Comparison,
  type ComparisonAsk,
  type ComparisonMode,
} from './kpi/comparison-period.ts';
export {
  completeDays,
  completePart,
  dashboardPeriod,
  type DashboardAsk,
  type DashboardPeriod,
} from './kpi/dashboard-period.ts';
export { NAMED_PERIODS, namedPeriod, type NamedPeriod } from './kpi/named-period.ts';
export { highlights, type HighlightTerms, type RankedCampaign } from './kpi/highlights.ts';
export {
  perDayTrend,
  STABLE_BANDS,
  trend,
  type PerDayValues,
  type Trend,
  type TrendBasis,
  type TrendFigures,
  type TrendStatus,
  type TrendTerms,
  type TrendValues,
} from './kpi/trend.ts';
export { teamUtilisation, utilisation, type WorkedTime } from './kpi/utilisation.ts';
export { velocity } from './kpi/velocity.ts';
export {
  dailyDeltas,
  firstSnapshot,
  type DailyDeltas,
  type DayDelta,
  type FirstSnapshot,
  type Snapshot,
  type SnapshotSeries,
} from './metrics/daily-deltas.ts';
export { activityIn, lifetimeIn } from './metrics/growth.ts';
export { reachAggregate, type ReachFigures, type ReachObserved } from './metrics/reach.ts';
export {
  selectMetrics,
  type AvailableMetric,
  type RollupColumn,
  type SelectedMetric,
} from './metrics/select-metrics.ts';
export { shownMetric, type Observation } from './metrics/shown-metric.ts';
export { valueProblem, type ValueProblem } from './metrics/value-problem.ts';
export {
  canonicalMetric,
  METRIC_KINDS,
  type MetricKind,
  type MetricLevel,
} from './metrics/vocabulary.ts';
export { allocate, spreadEvenly, type Allocation, type Claim } from './money/allocate.ts';
export {
  convert,
  rateOn,
  rateTable,
  type Conversion,
  type ExchangeRate,
  type RateAsk,
  type RateFound,
  type RateTable,
} from './money/convert.ts';
export { isCurrency, minorDigits } from './money/currency.ts';
export {
  addFractions,
  compareFractions,
  divideFractions,
  fraction,
  multiplyFractions,
  parseDecimal,
  subtractFractions,
  toDecimal,
  type Fraction,
} from './money/fraction.ts';
export { missing, type Missing, type MissingReason } from './money/missing.ts';
export { formatMoney, parseMoney, roundMoney, type Money, type MoneyWire } from './money/money.ts';
export {
  moneyRatio,
  percentOf,
  ratioOf,
  shownRatio,
  type MoneyRatio,
  type Percent,
  type Ratio,
} from './money/ratio.ts';
export { divideRound, type Rounding } from './money/rounding.ts';
export { spreadParts, type PartShares } from './money/spread-parts.ts';
export {
  addTotals,
  sumByCurrency,
  sumKnown,
  type CurrencyTotals,
  type Total,
} from './money/total.ts';
export { canonicalPlatform, isKnownPlatform } from './platforms/canonical-platform.ts';
export {
  prorate,
  type PricedPeriod,
  type Proration,
  type ProrationInput,
  type ProrationLine,
} from './proration/prorate.ts';
export {
  RATE_LEVELS,
  rateOnDate,
  resolveRate,
  type DatedRate,
  type HourlyRate,
  type RateLevel,
  type ResolvedRate,
} from './rates/resolve-rate.ts';
export { countsAt, dueReports, type DueAsk } from './reports/due-reports.ts';
export { mainDriver, type DrivingRow, type MainDriver } from './reports/main-driver.ts';
export { endedPeriod, nextPeriodEnd, type ReportPeriod } from './reports/report-period.ts';
export { reportSections, type ReportSection } from './reports/report-sections.ts';
export { MAIL_ATTEMPTS, retryAfterMs } from './reports/retry-after.ts';
export {
  isMeter,
  limitOf,
  METERS,
  spanOf,
  type AiLevel,
  type CountBy,
  type Enforcement,
  type Limit,
  type Meter,
  type MeterSpan,
  type PlatformTerms,
  type ReportCadence,
  type ReportLevel,
  type SupportLevel,
  type TierFeatures,
  type TierLimits,
  type TierTerms,
} from './tiers/terms.ts';
export { priceEntry, type EntryCost, type RatedSegment } from './time/price-entry.ts';
export { billableSeconds, roundDuration, type DurationRounding } from './time/round-duration.ts';
export { timerFigures, type Timer, type TimerFigures } from './time/running.ts';
export {
  secondsOf,
  splitByDay,
  type DayAttribution,
  type DaySeconds,
} from './time/split-by-day.ts';
export { toolSpans, type ToolSpan, type ToolTerm } from './tools/tool-spans.ts';
export { wholeWeights } from './tools/whole-weights.ts';
export {
  spreadUnattributed,
  UNATTRIBUTED,
  type BreakdownRow,
  type SpreadCostBy,
} from './value/breakdown.ts';
export { cpa, cpc, cpi, cpl, cpm } from './value/cost-per.ts';
export {
  earnedMediaValue,
  type Benchmarks,
  type EarnedAttention,
  type EarnedMediaValue,
} from './value/earned-media-value.ts';
export { marginFigures, type MarginFigures, type MarginTerms } from './value/margin-figures.ts';
export {
  effectiveHourlyRate,
  margin,
  markup,
  valuePerHour,
  type FeeAndCost,
} from './value/margin.ts';
export {
  conversionRate,
  ctr,
  engagementRate,
  groupEngagementRate,
  leadConversion,
  type EngagementAsk,
  type EngagementBasis,
  type EngagementRate,
  type PostResponse,
} from './value/response-rates.ts';
export { clientRoi, roas, roi, type ClientReturn, type ValueAndCost } from './value/return-on.ts';
export {
  timeEfficiency,
  timeSaved,
  type AutomatedAction,
  type SavedTimeTerms,
  type TimeSaved,
} from './value/time-saved.ts';
export {
  returnFigures,
  returnOnCost,
  valueFigures,
  type CostFigures,
  type EfficiencyFigures,
  type OutcomeFigures,
  type ReturnFigures,
  type ValueFigures,
  type ValueTerms,
} from './value/value-figures.ts';
export { addSums, noSums, type ValueSums } from './value/value-sums.ts';
