import { formatMoney, minorDigits, parseMoney, type Money, type MoneyWire } from '@retainer/domain';
import * as z from 'zod';

import { Currency, invalidField } from './input-fields.ts';

const Amount = z.union([z.string().min(1).max(32), z.number()]);

/** Money in major units: an amount in the currency at hand, or an amount that names its own. */
export const MoneyInput = z.union(
  [Amount, z.strictObject({ amount: Amount, currency: Currency })],
  {
    error:
      'must be an amount in major units, such as "499.00" or { "amount": "499.00", "currency": "USD" }',
  },
);
export type MoneyInput = z.output<typeof MoneyInput>;

/** Reads money of 0 or more; `currency` is meant where the input names none. */
export function readMoney(input: MoneyInput, currency: string, path: string): Money {
  const { money, help } = read(input, currency);
  if (money && money.amountMinor >= 0n) return money;
  throw invalidField(path, `must be 0 or more ${help}`);
}

/** Reads the money of a fact, which is below 0 where some came back: a credit, a refund. */
export function readSignedMoney(input: MoneyInput, currency: string, path: string): Money {
  const { money, help } = read(input, currency);
  if (money && money.amountMinor <= MOST_OF_A_FACT && money.amountMinor >= -MOST_OF_A_FACT) {
    return money;
  }
  throw invalidField(path, `must be an amount of at most 15 digits ${help}`);
}

// So that the sums of any facts there can be stay within 64 bits.
const MOST_OF_A_FACT = 10n ** 15n - 1n;

function read(input: MoneyInput, currency: string) {
  const { amount, currency: own } = typeof input === 'object' ? input : { amount: input, currency };
  const help = `in major units of ${own} with at most ${minorDigits(own)} decimals, such as ${sample(own)}`;
  return { money: parseMoney(amount, own), help };
}

/** Money of the database for the wire; null stays null. */
export function moneyWire(amountMinor: bigint, currency: string): MoneyWire {
  return formatMoney({ amountMinor, currency });
}

function sample(currency: string): string {
  return `"${formatMoney({ amountMinor: 49_900n, currency }).amount}"`;
}
