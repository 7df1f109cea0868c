import { formatNumber, type ShownNumber } from '@retainer/domain';

/** The language of documents. */
const LOCALE = 'en-US';
/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00A0';
const GIGABYTE = 1e9;
/** Where nothing is known; why stands beside it. */
export const DASH = '—';

/** Whether a number is shown with a plus when it grew. */
type Sign = 'plain' | 'signed';

/** A count: 12,345. */
export function showCount(count: number | string, sign: Sign = 'plain'): string {
  return show(count, { maximumFractionDigits: 0 }, sign);
}

/** An amount in a currency, with all its decimals: $1,234.50. */
export function showMoney(amount: string, currency: string, sign: Sign = 'plain'): string {
  return show(amount, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }, sign);
}

/** An amount that may be less than the smallest coin: $0.0012. */
export function showPrice(amount: string, currency: string): string {
  const money = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  return show(amount, { ...money, maximumFractionDigits: 4 }, 'plain');
}

/** A size: 2.5 GB. */
export function showBytes(bytes: string): string {
  return `${show(Number(bytes) / GIGABYTE, { maximumFractionDigits: 2 }, 'plain')}${NO_BREAK}GB`;
}

/** A mean or ratio: 1.25. */
export function showDecimal(value: string, sign: Sign = 'plain'): string {
  return show(value, { maximumFractionDigits: 2 }, sign);
}

/** A percentage that is given as such: 205.2 %. */
export function showPercent(percent: string, sign: Sign = 'plain'): string {
  return `${show(percent, { maximumFractionDigits: 1 }, sign)}${NO_BREAK}%`;
}

/** A difference of percentages: +12.4 points. */
export function showPoints(points: string, sign: Sign = 'plain'): string {
  return `${show(points, { maximumFractionDigits: 1 }, sign)}${NO_BREAK}points`;
}

/** A number for the axis of a chart: 12K. */
export function showShort(value: number, currency: string | undefined): string {
  const money = currency === undefined ? {} : currencyOf(currency);
  return show(value, { notation: 'compact', maximumSignificantDigits: 3, ...money }, 'plain');
}

function currencyOf(currency: string): Intl.NumberFormatOptions {
  return { style: 'currency', currencyDisplay: 'narrowSymbol', currency };
}

function show(value: number | string, options: Intl.NumberFormatOptions, sign: Sign): string {
  const signDisplay = sign === 'signed' ? 'exceptZero' : 'negative';
  return formatNumber(shown(value), { locale: LOCALE, options: { ...options, signDisplay } });
}

/** Decimal texts are written from their digits, so that none is lost. */
function shown(value: number | string): ShownNumber {
  if (typeof value === 'number' || isDecimal(value)) return value;
  throw new Error(`${value} is no decimal number`);
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/u.test(text);
}
