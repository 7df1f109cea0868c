import {
  fraction,
  parseDecimal,
  percentOf,
  STABLE_BANDS,
  trend,
  type Fraction,
  type Trend,
  type TrendTerms,
} from '@retainer/domain';

import type { AnswerOf } from '../../connection/wire.ts';
import type { FigureName, FigureValue } from '../explanation/show-value.ts';

/** A client's figures of some days. */
export type Tracking = AnswerOf<'valueTracking.forClient'>['current'];

/** All figures of a client, of a month or of a row. */
export type Figures = Pick<Tracking, 'cost' | 'value' | 'efficiency' | 'timeSaved'>;

/** A figure of the client beside that of the days before. */
export interface Compared {
  readonly current: FigureValue;
  readonly previous: FigureValue | undefined;
  readonly trend: Trend;
  readonly good: boolean | null;
  /** In per cent, or in points of what is a percentage itself. */
  readonly change: string | null;
  readonly unit: 'percent' | 'points';
}

/** The figures that tiles show; what tells of cost, or lets it be inferred, is marked. */
export const TILES = [
  { figure: 'efficiency.roiPercent', polarity: 1, tellsCost: true },
  { figure: 'value.total', polarity: 1, tellsCost: false },
  { figure: 'cost.total', polarity: -1, tellsCost: true },
  { figure: 'value.leads', polarity: 1, tellsCost: false },
  { figure: 'efficiency.costPerLead', polarity: -1, tellsCost: true },
  { figure: 'value.impressions', polarity: 1, tellsCost: false },
] as const satisfies readonly {
  readonly figure: FigureName;
  readonly polarity: TrendTerms['polarity'];
  readonly tellsCost: boolean;
}[];

/** A figure by its place in an answer. */
export function figureIn(figures: Figures, name: FigureName): FigureValue {
  const [section, field] = name.split('.');
  const found: unknown = Object(Object(figures)[section ?? ''])[field ?? ''];
  return asFigure(found);
}

/** A figure of two spans of days, judged as the agency's own settings say. */
export function compare(
  name: FigureName,
  of: { readonly current: Figures; readonly previous: Figures | undefined },
  judging: {
    readonly polarity: TrendTerms['polarity'];
    readonly agency: Pick<AnswerOf<'agencies.get'>, 'stablePercent' | 'stablePoints'>;
  },
): Compared {
  const unit = name.endsWith('Percent') ? 'points' : 'percent';
  const current = figureIn(of.current, name);
  const previous = of.previous && figureIn(of.previous, name);
  const values = { current: exactOf(current), previous: exactOf(previous ?? null) };
  const basis = unit === 'points' ? 'points' : 'relative';
  const went = trend(values, { basis, stableBand: bandOf(judging.agency, basis), ...judging });
  return {
    current,
    previous,
    trend: went.trend,
    good: went.status === 'good' ? true : went.status === 'bad' ? false : null,
    change: changeOf(went, unit),
    unit,
  };
}

function changeOf(went: ReturnType<typeof trend>, unit: Compared['unit']): string | null {
  if (!('fraction' in went.delta)) return null;
  return unit === 'points' ? went.delta.value : percentOf(went.delta).value;
}

/** A figure as an exact number; null where it is unknown. */
function exactOf(value: FigureValue): Fraction | null {
  if (value === null) return null;
  if (typeof value !== 'object') return parseDecimal(value) ?? null;
  const inner = 'amount' in value ? value.amount : value.value;
  if (inner === null) return null;
  if (typeof inner === 'string') return parseDecimal(inner) ?? null;
  return parseDecimal(inner.exact) ?? null;
}

/** A figure as a number to draw; null where it is unknown. Money is in major units. */
export function drawnOf(value: FigureValue): number | null {
  const exact = exactOf(
    typeof value === 'object' && value && 'value' in value && typeof value.value === 'object'
      ? amountOfUnit(value.value)
      : value,
  );
  return exact === null ? null : Number(exact.num) / Number(exact.den);
}

function amountOfUnit(
  unit: { readonly amount: string; readonly currency: string } | null,
): FigureValue {
  return unit && { amount: unit.amount, currency: unit.currency };
}

function bandOf(
  { stablePercent, stablePoints }: Pick<AnswerOf<'agencies.get'>, 'stablePercent' | 'stablePoints'>,
  basis: TrendTerms['basis'],
): Fraction {
  if (basis === 'points') return parseDecimal(stablePoints) ?? STABLE_BANDS.points;
  const percent = parseDecimal(stablePercent);
  return percent ? fraction(percent.num, percent.den * 100n) : STABLE_BANDS.relative;
}

/** The answer's type has a figure at each of its names. */
function asFigure(value: unknown): FigureValue {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every figure of the answer is one of these
  return (value ?? null) as FigureValue;
}
