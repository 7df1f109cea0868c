import type { Cell, Sheet } from 'write-excel-file/node';

/** What a cell holds: text is never a formula, numbers and dates are what they are. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly format: string }
  | { readonly kind: 'date'; readonly date: Date; readonly format: string }
  | { readonly kind: 'empty' };

/** A sheet: a head that stays in sight, and rows below it. */
export interface SheetPage {
  readonly name: string;
  readonly columns: readonly { readonly label: string; readonly width: number }[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** A cell of text; what is not there is an empty cell. */
export function text(value: string | null | undefined): SheetCell {
  return value === null || value === undefined || value === ''
    ? { kind: 'empty' }
    : { kind: 'text', text: value };
}

/** A cell with a number from its digits. */
export function number(digits: string | null, format: string): SheetCell {
  return digits === null ? { kind: 'empty' } : { kind: 'number', number: Number(digits), format };
}

/** A cell with a local date. */
export function day(date: string | null): SheetCell {
  return date === null
    ? { kind: 'empty' }
    : { kind: 'date', date: new Date(`${date}T00:00:00Z`), format: 'yyyy-mm-dd' };
}

/** The sheet as the library takes it. */
export function toSheet({ name, columns, rows }: SheetPage): Sheet<Buffer> {
  const head = columns.map(({ label }) => ({
    type: String,
    value: label,
    fontWeight: 'bold' as const,
    backgroundColor: '#E7EBF0',
  }));
  return {
    sheet: name,
    data: [head, ...rows.map((row) => row.map(toCell))],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  };
}

function toCell(cell: SheetCell): Cell {
  switch (cell.kind) {
    case 'text':
      return { type: String, value: cell.text };
    case 'number':
      return { type: Number, value: cell.number, format: cell.format };
    case 'date':
      return { type: Date, value: cell.date, format: cell.format };
    case 'empty':
      return null;
  }
}
