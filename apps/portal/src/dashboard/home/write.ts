import type { Format } from '../../i18n/format.ts';
import type { Kind } from './metrics.ts';

/** A value with what it takes to write it. */
export interface Written {
  readonly kind: Kind;
  readonly currency: string;
}

const DASH = '–';

/** To the digit: 9,480.00 dollars, 205.2 %. */
export function exactly(
  value: string | number | null,
  { kind, currency }: Written,
  format: Format,
): string {
  if (value === null) return DASH;
  switch (kind) {
    case 'money':
      return format.money({ amount: String(value), currency });
    case 'percent':
      return format.percent(value);
    case 'count':
      return format.count(Number(value));
  }
}

/** Short, for tiles and axes: 9.5K. Say it exactly beside it. */
export function shortly(
  value: string | number | null,
  { kind, currency }: Written,
  format: Format,
): string {
  if (value === null) return DASH;
  switch (kind) {
    case 'money':
      return Math.abs(Number(value)) < 10_000
        ? wholeMoney(format.locale, currency).format(Number(value))
        : format.compactMoney({ amount: String(value), currency });
    case 'percent':
      return format.percent(value);
    case 'count':
      return format.compact(Number(value));
  }
}

/** On an axis, where values are round. */
export function onAxis(value: number, { kind, currency }: Written, locale: string): string {
  const options: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 1 };
  if (kind === 'percent') {
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
      value / 100,
    );
  }
  return new Intl.NumberFormat(locale, {
    ...options,
    ...(kind === 'money' && {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: 0,
    }),
  }).format(value);
}

function wholeMoney(locale: string, currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  });
}

const NOON = 'T12:00Z';

/** Local days as a locale writes them: 1–15 Sep, with the year where it is told to. */
export function days(
  locale: string,
  { startDate, endDate }: { readonly startDate: string; readonly endDate: string },
  options: Intl.DateTimeFormatOptions = {},
): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...options,
  });
  const [start, end] = [new Date(startDate + NOON), new Date(endDate + NOON)];
  return startDate === endDate ? format.format(start) : format.formatRange(start, end);
}

/** One local day. */
export function day(
  locale: string,
  date: string,
  options: Intl.DateTimeFormatOptions = {},
): string {
  return days(locale, { startDate: date, endDate: date }, options);
}

/** A month, YYYY-MM. */
export function month(locale: string, of: string): string {
  return day(locale, `${of}-15`, { day: undefined, month: 'long', year: 'numeric' });
}
