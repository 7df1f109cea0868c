import type { Theme } from '../brand/theme.ts';
import type { Box, TableCell, TablePart } from '../layout/scene.ts';
import { ARROW_EMS } from '../layout/surroundings.ts';
import { CELL_RIM } from '../layout/table.ts';
import type { Canvas } from './canvas.ts';
import { anchorOf, drawArrow, styleOf } from './text.ts';

const POINTS = 72;

/** A table: a coloured head, and a line below each row. */
export function drawTable(canvas: Canvas, part: TablePart, theme: Theme): void {
  const { box, columnWidths, rowHeight, rows } = part;
  for (const [index, row] of rows.entries()) {
    const y = box.y + rowHeight * index;
    let { x } = box;
    for (const [column, cell] of row.entries()) {
      const w = columnWidths[column] ?? 0;
      drawCell(canvas, cell, { x, y, w, h: rowHeight });
      x += w;
    }
    const ends = [
      { x: box.x, y: y + rowHeight },
      { x: box.x + box.w, y: y + rowHeight },
    ];
    canvas.polyline(ends, { color: theme.line, width: 0.75 });
  }
}

function drawCell(canvas: Canvas, cell: TableCell, box: Box): void {
  const { text, arrow, fill, size } = cell;
  if (fill !== undefined) canvas.area(box, fill);
  const inner = { x: box.x + CELL_RIM, w: box.w - 2 * CELL_RIM };
  const y = box.y + box.h / 2 + (size * 0.36) / POINTS;
  const style = styleOf(cell);
  const arrowWidth = arrow ? (ARROW_EMS * size) / POINTS : 0;
  const textX = anchorOf(inner, style.align) + (style.align === 'left' ? arrowWidth : 0);
  canvas.text(text, { x: textX, y }, style);
  if (!arrow) return;
  const x = style.align === 'left' ? inner.x : textX - canvas.widthOf(text, style) - arrowWidth;
  drawArrow(canvas, arrow, { size, at: { x, y } });
}
