import { formatNull } from '@retainer/domain';

import type { ComparedRow, ExportRow, Reason, RowUnit } from './rows.ts';
import { showDate } from './show-dates.ts';
import {
  DASH,
  showBytes,
  showCount,
  showDecimal,
  showMoney,
  showPercent,
  showPoints,
} from './show.ts';

/** A number in words of its unit, exact to what people read; a dash where it is unknown. */
export function showCurrent({ current, unit, currency }: ExportRow): string {
  return showValue(current, { unit, currency });
}

/** What a figure was before. */
export function showPrevious({ previous, unit, currency }: ComparedRow): string {
  return showValue(previous, { unit, currency });
}

/** By how much a figure changed, in its own unit and with its sign; returns change in points. */
function showChange({ change, unit, currency }: ComparedRow): string {
  if (change === null) return DASH;
  switch (unit) {
    case 'count':
      return showCount(change, 'signed');
    case 'money':
      return showMoney(change, currency ?? '', 'signed');
    case 'decimal':
      return showDecimal(change, 'signed');
    case 'percent':
      return showPoints(change, 'signed');
    case 'ratio':
      return showPoints(timesHundred(change), 'signed');
  }
}

/** By how much a figure changed, as people compare: in per cent, and returns in points. */
export function showRelative(row: ComparedRow): string {
  if (isReturn(row)) return showChange(row);
  return row.changePercent === null ? '' : showPercent(row.changePercent, 'signed');
}

/** Whether a figure is a return, which changes in points. */
export function isReturn({ unit }: Pick<ExportRow, 'unit'>): boolean {
  return unit === 'percent' || unit === 'ratio';
}

/** Why a number is unknown, in a sentence: "ROI not available: no cost in this period". */
export function whyUnknown(figure: string, reason: Reason | null): string {
  return formatNull({ metric: figure, reason: reason ?? 'missing_data' }).ariaLabel;
}

/** A ratio as a percentage, digit by digit: 0.254500 is 25.4500. */
export function timesHundred(ratio: string): string {
  const isNegative = ratio.startsWith('-');
  const [whole = '0', decimals = ''] = ratio.replace('-', '').split('.');
  const padded = decimals.padEnd(2, '0');
  const shifted = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/u, '');
  const rest = padded.slice(2);
  return `${isNegative ? '-' : ''}${shifted}${rest === '' ? '' : `.${rest}`}`;
}

function showValue(
  value: string | null,
  { unit, currency }: { readonly unit: RowUnit; readonly currency: string | null },
): string {
  if (value === null) return DASH;
  switch (unit) {
    case 'count':
    case 'days':
      return showCount(value);
    case 'bytes':
      return showBytes(value);
    case 'money':
      return showMoney(value, currency ?? '');
    case 'decimal':
    case 'hours':
      return showDecimal(value);
    case 'percent':
      return showPercent(value);
    case 'ratio':
      return showPercent(timesHundred(value));
    case 'date':
      return showDate(value);
    case 'text':
      return value;
  }
}
