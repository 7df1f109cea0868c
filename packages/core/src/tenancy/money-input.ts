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
  const { amount, currency: own } = typeof input === 'object' ? input : { amount: input, currency };
  const money = parseMoney(amount, own);
  if (money && money.amountMinor >= 0n) return money;
  throw invalidField(
    path,
    `must be 0 or more in major units of ${own} with at most ${minorDigits(own)} decimals, such as ${sample(own)}`,
  );
}

/** Money of the database for the wire; null stays null. */
export function moneyWire(amountMinor: bigint, currency: string): MoneyWire {
  return formatMoney({ amountMinor, currency });
}

function sample(currency: string): string {
  return `"${formatMoney({ amountMinor: 49_900n, currency }).amount}"`;
}
