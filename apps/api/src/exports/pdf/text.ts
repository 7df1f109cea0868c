import type { Arrow, Box, TextPart } from '../layout/scene.ts';
import { ARROW_EMS } from '../layout/surroundings.ts';
import { LINE_HEIGHT } from '../type/fit.ts';
import type { Canvas, LineStyle, Point } from './canvas.ts';

const POINTS = 72;
/** From the top of a line to where its letters stand, in lines. */
const BASELINE = 0.79;

/** The lines of a text in its box. */
export function drawText(canvas: Canvas, part: TextPart): void {
  const { box, lines, valign, arrow, size } = part;
  const height = (size * LINE_HEIGHT) / POINTS;
  const free = box.h - height * lines.length;
  const top = box.y + { top: 0, middle: free / 2, bottom: free }[valign];
  const shift = arrow ? (ARROW_EMS * size) / POINTS : 0;
  const style = styleOf(part);
  if (arrow) drawArrow(canvas, arrow, { size, at: { x: box.x, y: top + height * BASELINE } });
  for (const [index, line] of lines.entries()) {
    const y = top + height * (index + BASELINE);
    canvas.text(line, { x: anchorOf(box, style.align) + shift, y }, style);
  }
}

/** Where the end of a line stands that its alignment names. */
export function anchorOf({ x, w }: Pick<Box, 'x' | 'w'>, align: LineStyle['align']): number {
  return x + w * { left: 0, center: 0.5, right: 1 }[align];
}

/** How a line of the part looks. */
export function styleOf(of: {
  readonly size: number;
  readonly bold: boolean;
  readonly color: LineStyle['color'];
  readonly align: LineStyle['align'];
}): LineStyle {
  const { size, bold, color, align } = of;
  return { size, weight: bold ? 'bold' : 'regular', color, align };
}

/** A triangle up or down, or a bar, as high as capital letters; it stands on `at`. */
export function drawArrow(
  canvas: Canvas,
  { direction, color }: Arrow,
  { size, at }: { readonly size: number; readonly at: Point },
): void {
  const width = (size * 0.8) / POINTS;
  const height = (size * 0.68) / POINTS;
  const { x, y } = at;
  switch (direction) {
    case 'up':
      canvas.polygon([point(x, y), point(x + width, y), point(x + width / 2, y - height)], color);
      return;
    case 'down':
      canvas.polygon(
        [point(x, y - height), point(x + width, y - height), point(x + width / 2, y)],
        color,
      );
      return;
    case 'flat':
      canvas.area({ x, y: y - height * 0.65, w: width, h: height * 0.3 }, color);
      return;
  }
}

function point(x: number, y: number): Point {
  return { x, y };
}
