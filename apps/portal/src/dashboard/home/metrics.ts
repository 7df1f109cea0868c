import type { AnswerOf } from '../../connection/wire.ts';

export type Dashboard = AnswerOf<'kpiDashboard.get'>;
export type Series = AnswerOf<'kpiDashboard.series'>;
export type Point = Series['current'][number];

/** The figures that have a tile, in the order in which they stand. */
export const METRICS = ['roi', 'revenue', 'cost', 'leads', 'velocity', 'clients'] as const;
export type Metric = (typeof METRICS)[number];

/** How a figure is written. */
export type Kind = 'money' | 'count' | 'percent';

/** Why a figure is not known. */
export type Reason = NonNullable<Dashboard['performance']['leads']['reason']>;

/** How a figure went from one period to the other. */
export interface Change {
  readonly trend: Dashboard['performance']['leads']['trend'];
  readonly good: boolean | null;
  /** In per cent, or in points of what is a percentage itself. */
  readonly change: string | null;
  readonly unit: 'percent' | 'points';
}

/** A figure of two periods, as a tile needs it. */
export interface Figure extends Change {
  readonly kind: Kind;
  readonly currency: string;
  /** A decimal as text; null where it is unknown. */
  readonly current: string | null;
  readonly previous: string | null;
  readonly reason: Reason | undefined;
  /** Of an amount that is unknown: the part of it that is known. */
  readonly knownAmount: string | undefined;
  /** The change a day, where the two periods differ in length. */
  readonly perDay: Change | undefined;
}

/** The figures that are shown. Without costs there is no ROI either, from which they could be inferred. */
export function shownMetrics(hidesCost: boolean): readonly Metric[] {
  return hidesCost ? METRICS.filter((metric) => metric !== 'roi' && metric !== 'cost') : METRICS;
}

/** How the values of a metric are written. */
export function kindOf(metric: Metric): Kind {
  switch (metric) {
    case 'roi':
      return 'percent';
    case 'revenue':
    case 'cost':
      return 'money';
    case 'leads':
    case 'velocity':
    case 'clients':
      return 'count';
  }
}

/** The figure of a metric. */
export function figureOf(dashboard: Dashboard, metric: Metric): Figure {
  const { performance, contentVelocity, clients, roi, currency } = dashboard;
  switch (metric) {
    case 'roi':
      return pointsFigure(roi.roiPercent, currency);
    case 'revenue':
      return amountFigure(performance.revenue);
    case 'cost':
      return amountFigure(roi.totalCost);
    case 'leads':
      return countFigure(performance.leads, currency);
    case 'velocity':
      return countFigure(contentVelocity.posts, currency);
    case 'clients':
      return countFigure(clients.active, currency);
  }
}

/** The value of a point of the series, to draw it; null where it is unknown. */
export function valueAt(point: Point, metric: Metric): number | null {
  switch (metric) {
    case 'roi':
      return numberOf(point.roiPercent.value);
    case 'revenue':
      return numberOf(point.revenue.amount);
    case 'cost':
      return numberOf(point.cost.amount);
    case 'leads':
      return point.leads;
    case 'velocity':
      return point.posts;
    case 'clients':
      return point.activeClients;
  }
}

type CountKpi = Dashboard['performance']['leads'];
type AmountKpi = Dashboard['roi']['totalCost'];
type PercentKpi = Dashboard['roi']['roiPercent'];

/** A count as a tile or a cell shows it. */
export function countFigure(kpi: CountKpi, currency = ''): Figure {
  return {
    kind: 'count',
    currency,
    current: textOf(kpi.current),
    previous: textOf(kpi.previous),
    ...shared(kpi),
    ...shareChange(kpi),
  };
}

/** An amount as a tile or a cell shows it. */
export function amountFigure(kpi: AmountKpi): Figure {
  const { current, previous } = kpi;
  return {
    kind: 'money',
    currency: current.currency,
    current: current.amount,
    previous: previous?.amount ?? null,
    ...shared(kpi),
    reason: current.reason,
    knownAmount: current.knownAmount,
    ...shareChange(kpi),
  };
}

/** A return as a tile or a cell shows it. */
export function pointsFigure(kpi: PercentKpi, currency = ''): Figure {
  return {
    kind: 'percent',
    currency,
    current: kpi.current,
    previous: kpi.previous,
    ...shared(kpi),
    trend: kpi.trend,
    good: kpi.good,
    change: kpi.change,
    unit: 'points',
  };
}

function shared({ reason, perDay }: CountKpi | AmountKpi | PercentKpi) {
  return { reason, knownAmount: undefined, perDay: perDay && shareChange(perDay) };
}

function shareChange({ trend, good, changePercent }: NonNullable<CountKpi['perDay']>): Change {
  return { trend, good, change: changePercent, unit: 'percent' };
}

function textOf(count: number | null): string | null {
  return count === null ? null : String(count);
}

function numberOf(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal);
}
