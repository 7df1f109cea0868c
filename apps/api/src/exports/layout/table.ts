import type { Cell, TableBlock, TableColumn } from '../deck/deck.ts';
import { fitLine } from '../type/fit.ts';
import type { Arrow, Box, Part, TableCell, TextStyle } from './scene.ts';
import { ARROW_EMS, settingOf, textPart, type Surroundings } from './surroundings.ts';
import { arrowOf } from './tiles.ts';

/** Sizes of letters and the rows they need, the largest first. */
const SIZES = [
  { size: 12, rowHeight: 0.34 },
  { size: 11, rowHeight: 0.31 },
  { size: 10, rowHeight: 0.28 },
  { size: 9, rowHeight: 0.25 },
  { size: 8, rowHeight: 0.225 },
] as const;
const SMALLEST = SIZES[4];

/** Left and right of a cell's text. */
export const CELL_RIM = 0.07;
const NOTE_HEIGHT = 0.28;
const POINTS = 72;

/** How high a table would like to stand. */
export function tableHeight({ rows, note }: TableBlock): number {
  return (rows.length + 1) * SIZES[0].rowHeight + (note === undefined ? 0 : NOTE_HEIGHT);
}

/** A table in letters as large as its box allows; what does not fit even in small ones is counted below it. */
export function layOutTable(block: TableBlock, box: Box, around: Surroundings): Part[] {
  const { rows, columns } = block;
  const fits = (height: number): boolean => (rows.length + 1) * height <= roomOf(box, block.note);
  const { size, rowHeight } = SIZES.find((one) => fits(one.rowHeight)) ?? SMALLEST;
  const shown = fits(rowHeight) ? rows : rows.slice(0, shownRows(box, rowHeight));
  const note = noteOf(block, rows.length - shown.length);
  const sum = columns.reduce((total, { share }) => total + share, 0);
  const columnWidths = columns.map(({ share }) => (box.w * share) / sum);
  const write = cellWriter({ columns, columnWidths, size, around });
  const head = columns.map(({ label }, index) => write({ cell: label, index, isHead: true }));
  const body = shown.map((row) => row.map((cell, index) => write({ cell, index, isHead: false })));
  const height = (shown.length + 1) * rowHeight;
  return [
    {
      kind: 'table',
      box: { ...box, h: height },
      columnWidths,
      rowHeight,
      rows: [head, ...body],
    },
    ...(note === undefined ? [] : [noteBelow(note, { ...box, y: box.y + height }, around)]),
  ];
}

function roomOf(box: Box, note: string | undefined): number {
  return box.h - (note === undefined ? 0 : NOTE_HEIGHT) + 0.001;
}

function shownRows(box: Box, rowHeight: number): number {
  return Math.max(0, Math.floor(roomOf(box, 'note') / rowHeight) - 1);
}

function noteOf({ note }: TableBlock, left: number): string | undefined {
  if (left === 0) return note;
  return [`${left} more rows do not fit here.`, note].filter(Boolean).join(' ');
}

function noteBelow(note: string, box: Box, around: Surroundings): Part {
  const below = { ...box, y: box.y + 0.05, h: NOTE_HEIGHT - 0.05 };
  return textPart(note, around, { box: below, size: 9, bold: false, color: around.theme.muted });
}

interface CellAsk {
  readonly cell: Cell;
  readonly index: number;
  readonly isHead: boolean;
}

interface Writing {
  readonly columns: readonly TableColumn[];
  readonly columnWidths: readonly number[];
  readonly size: number;
  readonly around: Surroundings;
}

function cellWriter({ columns, columnWidths, size, around }: Writing) {
  const { theme, typeface } = around;
  return ({ cell, index, isHead }: CellAsk): TableCell => {
    const arrow = typeof cell === 'string' ? undefined : arrowOf(cell, around);
    const text = typeof cell === 'string' ? cell : cell.text;
    const color = typeof cell === 'string' ? theme.ink : theme.tones[cell.tone];
    const style: TextStyle = {
      size,
      bold: isHead,
      color: isHead ? theme.onBand : color,
      align: columns[index]?.align ?? 'left',
    };
    const width = (columnWidths[index] ?? 0) - 2 * CELL_RIM - arrowWidth(arrow, size);
    return {
      ...style,
      text: fitLine(text, { ...settingOf(typeface, isHead), width, size }),
      ...(arrow && { arrow }),
      ...(isHead && { fill: theme.band }),
    };
  };
}

function arrowWidth(arrow: Arrow | undefined, size: number): number {
  return arrow ? (ARROW_EMS * size) / POINTS : 0;
}
