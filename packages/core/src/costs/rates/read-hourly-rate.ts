import type { Money } from '@retainer/domain';

import { invalidField } from '../../tenancy/input-fields.ts';
import { readMoney, type MoneyInput } from '../../tenancy/money-input.ts';

// So that the sums of any time there can be stay within 64 bits.
const MOST_MINOR = 10n ** 12n - 1n;

/** Reads what an hour costs; `currency` is meant where the input names none. */
export function readHourlyRate(input: MoneyInput, currency: string, path = 'hourlyRate'): Money {
  const money = readMoney(input, currency, path);
  if (money.amountMinor <= MOST_MINOR) return money;
  throw invalidField(path, 'must have at most 12 digits, decimals included');
}
