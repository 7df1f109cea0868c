import type { Theme } from '../brand/theme.ts';
import type { ChartBlock } from '../deck/deck.ts';
import type { Box } from '../layout/scene.ts';
import type { Canvas } from './canvas.ts';

/** What the parts of a chart are drawn with. */
export interface Plot {
  readonly canvas: Canvas;
  readonly theme: Theme;
  readonly chart: ChartBlock;
  /** Where the numbers are drawn, without axes. */
  readonly area: Box;
}
