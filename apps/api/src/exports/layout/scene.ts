import type { HexColor, Logo } from '../brand/brand.ts';
import type { ChartBlock, Direction } from '../deck/deck.ts';

/** Where something stands on a page, in inches from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A slide, laid out: every renderer puts the same things in the same places. */
export interface Page {
  readonly title: string;
  readonly notes: string;
  readonly parts: readonly Part[];
}

/** One thing on a page. */
export type Part = AreaPart | TextPart | TablePart | ChartPart | LogoPart;

/** A filled rectangle. */
export interface AreaPart {
  readonly kind: 'area';
  readonly box: Box;
  readonly fill: HexColor;
}

/** Lines of text that fit their box. */
export interface TextPart extends TextStyle {
  readonly kind: 'text';
  readonly box: Box;
  readonly lines: readonly string[];
  /** The one that is the slide's title. */
  readonly isTitle?: boolean;
  readonly valign: 'top' | 'middle' | 'bottom';
  /** Before the first line. */
  readonly arrow?: Arrow | undefined;
}

/** What text looks like. */
export interface TextStyle {
  readonly size: number;
  readonly bold: boolean;
  readonly color: HexColor;
  readonly align: 'left' | 'right' | 'center';
}

/** Where something went, in the colour of its judgement. */
export interface Arrow {
  readonly direction: Exclude<Direction, 'none'>;
  readonly color: HexColor;
}

/** A table whose cells fit. The first row is the head. */
export interface TablePart {
  readonly kind: 'table';
  readonly box: Box;
  readonly columnWidths: readonly number[];
  readonly rowHeight: number;
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableCell extends TextStyle {
  readonly text: string;
  readonly arrow?: Arrow | undefined;
  readonly fill?: HexColor | undefined;
}

/** A chart; renderers that have their own kind of charts use it. */
export interface ChartPart {
  readonly kind: 'chart';
  readonly box: Box;
  readonly chart: ChartBlock;
}

export interface LogoPart {
  readonly kind: 'logo';
  readonly box: Box;
  readonly logo: Logo;
  readonly name: string;
}
