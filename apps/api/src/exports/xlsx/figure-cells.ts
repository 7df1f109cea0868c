import type { ComparedRow, ExportRow } from '../figures/rows.ts';
import { moneyFormat } from '../figures/sheet-format.ts';
import { isReturn } from '../figures/show-row.ts';
import { day, number, text, type SheetCell } from './sheet.ts';

/** A share that is written in per cent. */
const PERCENT = '0.0%';
const SIGNED_PERCENT = '+0.0%;-0.0%;0.0%';
const POINTS = '+0.0" points";-0.0" points";0.0" points"';
const COUNT = '#,##0';
const DECIMAL = '#,##0.00';

/** A value of a row's unit. Percentages are shares with a percent format, as spreadsheets calculate with them. */
export function valueCell(
  value: string | null,
  { unit, currency }: Pick<ExportRow, 'unit' | 'currency'>,
): SheetCell {
  switch (unit) {
    case 'count':
    case 'days':
    case 'bytes':
      return number(value, COUNT);
    case 'money':
      return number(value, moneyFormat(currency ?? ''));
    case 'decimal':
    case 'hours':
      return number(value, DECIMAL);
    case 'percent':
      return number(asShare(value), PERCENT);
    case 'ratio':
      return number(value, PERCENT);
    case 'date':
      return day(value);
    case 'text':
      return text(value);
  }
}

/** A change in a row's own unit: that of a return in percentage points. */
export function changeCell(row: ComparedRow): SheetCell {
  if (!isReturn(row)) return valueCell(row.change, row);
  const points = row.unit === 'ratio' ? shifted(row.change, 2) : row.change;
  return number(points, POINTS);
}

/** A change as a share. */
export function shareCell(percent: string | null): SheetCell {
  return number(asShare(percent), SIGNED_PERCENT);
}

/** 25.5000 per cent as 0.255000, digit by digit. */
function asShare(percent: string | null): string | null {
  return shifted(percent, -2);
}

/** The digits with an exponent: reading them rounds once, where dividing would round again. */
function shifted(digits: string | null, places: number): string | null {
  return digits === null ? null : `${digits}e${places}`;
}
