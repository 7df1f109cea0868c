import type { Theme } from '../brand/theme.ts';
import type { TableCell, TablePart } from '../layout/scene.ts';
import { CELL_RIM } from '../layout/table.ts';
import type { PptxSlide } from './library.ts';
import { hexOf, textWithArrow } from './text.ts';

type TableRows = Parameters<PptxSlide['addTable']>[0];
type PptxCell = TableRows[number][number];

/** A table whose cells can be edited. */
export function addTable(slide: PptxSlide, part: TablePart, theme: Theme): void {
  const { box, columnWidths, rowHeight, rows } = part;
  const written = rows.map((row) => row.map((cell) => cellOf(cell, theme)));
  slide.addTable(written, {
    x: box.x,
    y: box.y,
    w: box.w,
    colW: [...columnWidths],
    rowH: rows.map(() => rowHeight),
    fontFace: theme.font,
    autoPage: false,
  });
}

function cellOf({ text, arrow, fill, ...style }: TableCell, theme: Theme): PptxCell {
  const { size, bold, color, align } = style;
  const none = { type: 'none' } as const;
  const below = { type: 'solid', pt: 0.75, color: hexOf(theme.line) } as const;
  return {
    text: textWithArrow(text, arrow),
    options: {
      fontSize: size,
      bold,
      color: hexOf(color),
      align,
      valign: 'middle',
      margin: [0, CELL_RIM, 0, CELL_RIM],
      border: [none, none, below, none],
      ...(fill && { fill: { color: hexOf(fill) } }),
    },
  };
}
