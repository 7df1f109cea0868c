import { FACT_FIGURES, type FactsOf } from './fact-figures.ts';
import { RATIO_FIGURES, type FigureName, type RatioFigure } from './figure-names.ts';
import { RATIOS, ROI_WITH_SAVED_TIME } from './ratio-figures.ts';

/** How a figure is made: out of other figures, of facts, or both. */
export interface FigureSpec {
  readonly formula: string;
  readonly terms: readonly FigureName[];
  /** Undefined for what is divided: its terms lead to the facts. */
  readonly facts: FactsOf | undefined;
}

/** How a figure is made for an agency that counts saved time in its ROI, or does not. */
export function specOf(
  figure: FigureName,
  { savedTimeInRoi }: { readonly savedTimeInRoi: boolean },
): FigureSpec {
  if (!isRatio(figure)) return { terms: [], ...FACT_FIGURES[figure] };
  const isWithSavedTime = figure === 'efficiency.roiPercent' && savedTimeInRoi;
  return { ...(isWithSavedTime ? ROI_WITH_SAVED_TIME : RATIOS[figure]), facts: undefined };
}

function isRatio(figure: FigureName): figure is RatioFigure {
  return RATIO_FIGURES.some((one) => one === figure);
}
