import { minorDigits } from '@retainer/domain';

import type { ChartFormat } from '../deck/deck.ts';

/** How spreadsheets and charts are told to write a number. */
export function sheetFormat(format: ChartFormat): string {
  switch (format.kind) {
    case 'count':
      return '#,##0';
    case 'percent':
      return '0.0"\u00A0%"';
    case 'money':
      return moneyFormat(format.currency);
  }
}

/** Thousands apart, and as many decimals as the currency has. */
export function moneyFormat(currency: string): string {
  const decimals = minorDigits(currency);
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
}
