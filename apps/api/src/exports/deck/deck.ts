import type { Brand } from '../brand/brand.ts';

/** A document of slides, said once and drawn by each renderer: what it says is text already, nothing is worked out after. */
export interface Deck {
  readonly title: string;
  readonly brand: Brand;
  /** On every slide: period, comparison, zone, currency, as of. */
  readonly footer: string;
  readonly slides: readonly Slide[];
}

/** One message and what shows it. */
export interface Slide {
  /** The message, made from the numbers: "ROI rose 12.4 points to 205.2 %". */
  readonly title: string;
  /** What the slide is about, small above the title. */
  readonly topic: string;
  /** From top to bottom. */
  readonly rows: readonly SlideRow[];
  /** For the one who speaks: formulas and what the numbers rest on. */
  readonly notes: string;
}

/** Blocks side by side, each as wide as its share. */
export interface SlideRow {
  readonly blocks: readonly Block[];
  /** The share of the width that each block takes; equal unless told. */
  readonly shares?: readonly number[];
}

/** What a slide is made of. */
export type Block = HeadlineBlock | TilesBlock | TableBlock | ChartBlock | TextBlock;

/** Whether something is welcome: colour says it. What nobody judges is neutral. */
export type Tone = 'good' | 'bad' | 'neutral';

/** Where something went: the arrow says it. */
export type Direction = 'up' | 'down' | 'flat' | 'none';

/** One sentence and the few points that matter. */
export interface HeadlineBlock {
  readonly kind: 'headline';
  readonly text: string;
  readonly points: readonly {
    readonly text: string;
    readonly detail: string;
    readonly direction: Direction;
    readonly tone: Tone;
  }[];
}

/** Figures to read from afar; at most six. */
export interface TilesBlock {
  readonly kind: 'tiles';
  readonly tiles: readonly Tile[];
}

/** One figure. */
export interface Tile {
  readonly label: string;
  /** As it is shown; a dash where it is unknown. */
  readonly value: string;
  readonly change: Change;
  /** What it was before, or why it is unknown. */
  readonly detail: string;
}

/** How a figure went. */
export interface Change {
  readonly direction: Direction;
  readonly tone: Tone;
  /** With its sign: "+12.4 %"; empty where nothing can be said. */
  readonly text: string;
}

/** Rows and columns of text. */
export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Below the table: how many rows were left out, say. */
  readonly note?: string | undefined;
}

export interface TableColumn {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** The share of the width. */
  readonly share: number;
}

/** A cell is its text; one that tells of a change also has its arrow and its colour. */
export type Cell = string | Change;

/** Numbers drawn; each chart has a table or tiles that say the same. */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly type: 'column' | 'bar' | 'line';
  /** What it shows, above it and for those who cannot see it. */
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** What a number is written with on axis and labels. */
  readonly format: ChartFormat;
}

export interface ChartSeries {
  readonly name: string;
  /** Null where it is unknown: a gap, not 0. */
  readonly values: readonly (number | null)[];
  /** Which colour of the brand. */
  readonly color: 'primary' | 'accent' | 'muted';
}

/** How the numbers of a chart are written. */
export type ChartFormat =
  | { readonly kind: 'count' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'money'; readonly currency: string };

/** Sentences. */
export interface TextBlock {
  readonly kind: 'text';
  readonly heading?: string | undefined;
  readonly lines: readonly string[];
  /** A dot before each line. */
  readonly bullets: boolean;
}

/** Turns a deck into a file: `renderPptx` and `renderPdf` are of this form. */
export type RenderDeck = (deck: Deck) => Promise<Uint8Array>;
