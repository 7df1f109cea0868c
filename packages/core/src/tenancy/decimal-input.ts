import { parseDecimal } from '@retainer/domain';
import * as z from 'zod';

/** How large a decimal may be, and how it is told. */
export interface DecimalRule {
  /** Whether 0 is one; below it none is. */
  readonly zero: boolean;
  /** How many digits may stand before the point. */
  readonly digits: number;
  /** How many may stand behind it. */
  readonly places: number;
}

/**
 * An exact decimal, as text without zeros at its end. A JSON number counts as the shortest text that means it, so
 * that no digit is made up; where that has an exponent the decimal must be sent as text.
 */
export function decimalInput({ zero, digits, places }: DecimalRule) {
  const help = `must be a decimal ${zero ? 'of 0 or more' : 'above 0'} with at most ${digits} digits before the point and ${places} behind it, such as "1.25"`;
  return z
    .union([z.string().min(1).max(100), z.number()], { error: help })
    .transform((value, ctx) => {
      const [whole = '', fraction = ''] = String(value).split('.');
      const decimal = parseDecimal(value);
      const fits = whole.length <= digits && fraction.length <= places;
      const isEnough = decimal !== undefined && (decimal.num > 0n || (zero && decimal.num === 0n));
      if (isEnough && fits && !whole.startsWith('-')) {
        const rest = fraction.replace(/0+$/u, '');
        return rest === '' ? whole : `${whole}.${rest}`;
      }
      ctx.addIssue({ code: 'custom', message: help });
      return z.NEVER;
    });
}
