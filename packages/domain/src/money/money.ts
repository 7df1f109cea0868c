import { isCurrency, minorDigits } from './currency.ts';
import { decimalText, parseDecimal } from './fraction.ts';
import { divideRound, type Rounding } from './rounding.ts';

/** An amount in whole minor units (cents, yen, fils) of an ISO 4217 currency. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** An amount as it is sent and shown: major units as decimal text, with all the decimals of the currency. */
export interface MoneyWire {
  readonly amount: string;
  readonly currency: string;
}

// What a column of 64 bits holds; every digit beyond it is refused before it is read.
const LARGEST_MINOR = 2n ** 63n - 1n;
const PLAIN_DECIMAL = /^(-?)(0|[1-9]\d{0,18})(?:\.(\d{1,3}))?$/;

/**
 * The amount written in major units, or undefined when it is not a plain decimal, has more decimals than
 * the currency, or is too large to store. A number counts as the shortest text that means it.
 */
export function parseMoney(value: string | number, currency: string): Money | undefined {
  const parts = PLAIN_DECIMAL.exec(String(value));
  if (parts === null || !isCurrency(currency)) return undefined;

  const [, sign = '', whole = '', fraction = ''] = parts;
  const digits = minorDigits(currency);
  if (fraction.length > digits) return undefined;

  const size = BigInt(whole + fraction.padEnd(digits, '0'));
  if (size > LARGEST_MINOR) return undefined;
  return { amountMinor: sign === '' ? size : -size, currency };
}

/**
 * `parseMoney` for an amount that was counted elsewhere, with any decimals: rounded once to the currency's minor
 * units from its text, which no binary number came near.
 */
export function roundMoney(
  value: string | number,
  currency: string,
  rounding: Rounding = 'half_away_from_zero',
): Money | undefined {
  const major = parseDecimal(value);
  if (major === undefined || !isCurrency(currency)) return undefined;
  const units = 10n ** BigInt(minorDigits(currency));
  const amountMinor = divideRound(major.num * units, major.den, rounding);
  const isStorable = amountMinor <= LARGEST_MINOR && amountMinor >= -LARGEST_MINOR;
  return isStorable ? { amountMinor, currency } : undefined;
}

/** The amount in major units with exactly the decimals of its currency. */
export function formatMoney(money: Money): MoneyWire {
  const { amountMinor, currency } = money;
  return { amount: decimalText(amountMinor, minorDigits(currency)), currency };
}
