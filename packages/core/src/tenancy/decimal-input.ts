import { parseDecimal } from '@retainer/domain';
import * as z from 'zod';

/** How large a decimal may be. */
export interface DecimalRule {
  /** Whether 0 is one; nothing below it is. */
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
export function decimalInput(rule: DecimalRule) {
  const least = rule.zero ? 'of 0 or more' : 'above 0';
  const help = `must be a decimal ${least} with at most ${rule.digits} digits before the point and ${rule.places} behind it, such as "1.25"`;
  return z
    .union([z.string().min(1).max(100), z.number()], { error: help })
    .transform((value, ctx) => {
      const text = readDecimal(String(value), rule);
      if (text !== undefined) return text;
      ctx.addIssue({ code: 'custom', message: help });
      return z.NEVER;
    });
}

function readDecimal(text: string, { zero, digits, places }: DecimalRule): string | undefined {
  const decimal = text.startsWith('-') ? undefined : parseDecimal(text);
  if (decimal === undefined || (decimal.num === 0n && !zero)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  if (whole.length > digits || fraction.length > places) return undefined;
  const rest = fraction.replace(/0+$/u, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}
