import { Buffer } from 'node:buffer';

import type PDFDocument from 'pdfkit';

import type { HexColor } from '../brand/brand.ts';
import type { Box } from '../layout/scene.ts';
import type { Weight } from '../type/font-package.ts';
import { runsOf, widthOf } from '../type/runs.ts';
import type { Typeface } from '../type/typeface.ts';

/** A PDF under way. */
export type Pdf = InstanceType<typeof PDFDocument>;

/** A page to draw on: measures are inches from the upper left corner, sizes of letters points. */
export interface Canvas {
  readonly area: (box: Box, color: HexColor) => void;
  readonly polygon: (points: readonly Point[], color: HexColor) => void;
  readonly polyline: (points: readonly Point[], stroke: Stroke) => void;
  /** One line of text; `at.y` is its baseline. */
  readonly text: (line: string, at: Point, style: LineStyle) => void;
  readonly widthOf: (line: string, style: Pick<LineStyle, 'size' | 'weight'>) => number;
  readonly image: (bytes: Uint8Array, box: Box) => void;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  readonly color: HexColor;
  /** In points. */
  readonly width: number;
}

/** How a line looks, and which of its ends stands at the point. */
export interface LineStyle {
  readonly size: number;
  readonly weight: Weight;
  readonly color: HexColor;
  readonly align: 'left' | 'right' | 'center';
}

const POINTS = 72;

/** Draws on the present page of `pdf`. */
export function canvasOn(pdf: Pdf, typeface: Typeface): Canvas {
  const measure: Canvas['widthOf'] = (line, { size, weight }) =>
    (widthOf(line, { typeface, weight }) * size) / POINTS;
  return {
    area: ({ x, y, w, h }, color) => {
      pdf.rect(x * POINTS, y * POINTS, w * POINTS, h * POINTS).fill(color);
    },
    polygon: (points, color) => {
      pdf.polygon(...points.map(inPoints)).fill(color);
    },
    polyline: (points, { color, width }) => {
      const [first, ...rest] = points.map(inPoints);
      if (!first) return;
      pdf.moveTo(...first);
      for (const point of rest) pdf.lineTo(...point);
      pdf.lineWidth(width).lineJoin('round').stroke(color);
    },
    text: (line, at, style) => {
      const shift = { left: 0, center: 0.5, right: 1 }[style.align];
      drawRuns(pdf, { line, x: at.x - measure(line, style) * shift, y: at.y }, { typeface, style });
    },
    widthOf: measure,
    image: (bytes, { x, y, w, h }) => {
      // A copy in a buffer of its own: the library takes nothing else for bytes.
      pdf.image(Buffer.from(bytes), x * POINTS, y * POINTS, {
        width: w * POINTS,
        height: h * POINTS,
      });
    },
  };
}

function drawRuns(
  pdf: Pdf,
  { line, x, y }: Point & { readonly line: string },
  { typeface, style }: { readonly typeface: Typeface; readonly style: LineStyle },
): void {
  const { size, weight, color } = style;
  let left = x * POINTS;
  for (const { text, face } of runsOf(line, { typeface, weight })) {
    pdf.registerFont(face.id, face.file).font(face.id).fontSize(size).fillColor(color);
    pdf.text(text, left, y * POINTS, { lineBreak: false, baseline: 'alphabetic' });
    left += face.widthOf(text) * size;
  }
}

function inPoints({ x, y }: Point): [number, number] {
  return [x * POINTS, y * POINTS];
}
