import type { Cell, TableBlock, TableColumn } from '../deck/deck.ts';
import { fitLine } from '../type/fit.ts';
import { widthOf } from '../type/runs.ts';
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
/** How much of the width numbers may take: what they stand for needs room too. */
const MOST_NUMBERS = 0.72;
/** What of a column may be filled, where an application's own font is a little wider. */
const ALMOST_ALL = 0.95;
const POINTS = 72;

/** How high a table would like to stand. */
export function tableHeight({ rows, note }: TableBlock): number {
  return (rows.length + 1) * SIZES[0].rowHeight + (note === undefined ? 0 : NOTE_HEIGHT);
}

/** A table in letters as large as its box allows; what does not fit even in small ones is counted below it. */
export function layOutTable(block: TableBlock, box: Box, around: Surroundings): Part[] {
  const { rows, columns } = block;
  const isLow = (rowHeight: number): boolean =>
    (rows.length + 1) * rowHeight <= roomOf(box, block.note);
  const isNarrow = (size: number): boolean =>
    numberWidths(block, size, around).reduce((sum, width) => sum + width, 0) <=
    box.w * MOST_NUMBERS;
  const { size, rowHeight } =
    SIZES.find((one) => isLow(one.rowHeight) && isNarrow(one.size)) ?? SMALLEST;
  const shown = isLow(rowHeight) ? rows : rows.slice(0, shownRows(box, rowHeight));
  const note = noteOf(block, rows.length - shown.length);
  const columnWidths = columnWidthsOf(block, { box, size, around });
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

/** What each column needs so that no number of it is cut; names can be, and need nothing. */
function numberWidths({ columns, rows }: TableBlock, size: number, around: Surroundings): number[] {
  const { typeface } = around;
  const plain = settingOf(typeface, false);
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((text) => (widthOf(text, plain) * size) / POINTS));
  return columns.map(({ align, label }, index) => {
    if (align === 'left') return 0;
    const cells = rows.map((row) => row[index] ?? '');
    const arrow = cells.some((cell) => typeof cell !== 'string') ? (ARROW_EMS * size) / POINTS : 0;
    const head = (widthOf(label, settingOf(typeface, true)) * size) / POINTS;
    return (Math.max(head, widest(cells.map(textOf)) + arrow) + 2 * CELL_RIM) / ALMOST_ALL;
  });
}

/** Each column has its share, and those of numbers at least what they need; names give it to them. */
function columnWidthsOf(
  block: TableBlock,
  {
    box,
    size,
    around,
  }: { readonly box: Box; readonly size: number; readonly around: Surroundings },
): number[] {
  const { columns } = block;
  const needs = numberWidths(block, size, around);
  const sum = columns.reduce((total, { share }) => total + share, 0);
  const wishes = columns.map(({ share }, index) =>
    Math.max((box.w * share) / sum, needs[index] ?? 0),
  );
  const lack = wishes.reduce((total, wish) => total + wish, 0) - box.w;
  const spare = wishes.map((wish, index) => wish - (needs[index] ?? 0));
  const allSpare = spare.reduce((total, one) => total + one, 0);
  return wishes.map((wish, index) => wish - (lack * (spare[index] ?? 0)) / (allSpare || 1));
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
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
      text: fitLine(textOf(cell), { ...settingOf(typeface, isHead), width, size }),
      ...(arrow && { arrow }),
      ...(isHead && { fill: theme.band }),
    };
  };
}

function arrowWidth(arrow: Arrow | undefined, size: number): number {
  return arrow ? (ARROW_EMS * size) / POINTS : 0;
}
