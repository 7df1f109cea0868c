import { keepBounded } from '../calendar/keep-bounded.ts';

/** A number to show: a decimal text keeps every digit that a binary number would lose. */
export type ShownNumber = number | bigint | `${number}`;

/** How a number is written where, as `Intl.NumberFormat` has it. */
export interface NumberStyle {
  readonly locale: string;
  readonly options?: Intl.NumberFormatOptions;
}

const formats = new Map<string, Intl.NumberFormat>();
const MAX_FORMATS = 256;

/** The number as people of the locale write it. Shares are given as they are: 0.5 in the percent style is 50 %. */
export function formatNumber(value: ShownNumber, style: NumberStyle): string {
  return formatOf(style).format(value);
}

function formatOf({ locale, options }: NumberStyle): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  const known = formats.get(key);
  return known ?? keepBounded(formats, MAX_FORMATS, [key, new Intl.NumberFormat(locale, options)]);
}
