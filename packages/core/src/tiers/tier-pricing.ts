import { DomainError, type Money } from '@retainer/domain';

import { invalidField } from '../tenancy/input-fields.ts';
import { readMoney, type MoneyInput } from '../tenancy/money-input.ts';

const MONTHS = 12n;
const LARGEST_MINOR = 2n ** 63n - 1n;

/** What a version costs, in one currency. */
export interface TierPricing {
  readonly currency: string;
  readonly monthlyMinor: bigint;
  readonly annualMinor: bigint;
}

export interface PricingInput {
  readonly monthly?: MoneyInput | undefined;
  readonly annual?: MoneyInput | undefined;
}

/** Reads the prices of a new tier; a year is twelve months until it has a price of its own. */
export function readPricing(
  input: PricingInput & { readonly monthly: MoneyInput },
  currency: string,
): TierPricing {
  const monthly = readMoney(input.monthly, currency, 'pricing.monthly');
  return priced(monthly, readAnnual(input, monthly.currency));
}

/** Reads the prices of the next version: what is left out stays, and a year follows the month if it did so far. */
export function readNextPricing(input: PricingInput, latest: TierPricing): TierPricing {
  const monthly =
    input.monthly === undefined
      ? { amountMinor: latest.monthlyMinor, currency: latest.currency }
      : readMoney(input.monthly, latest.currency, 'pricing.monthly');
  const annual = readAnnual(input, monthly.currency);
  if (annual || latest.annualMinor === latest.monthlyMinor * MONTHS) return priced(monthly, annual);
  return priced(monthly, { amountMinor: latest.annualMinor, currency: latest.currency });
}

function readAnnual({ annual }: PricingInput, currency: string): Money | undefined {
  return annual === undefined ? undefined : readMoney(annual, currency, 'pricing.annual');
}

function priced(monthly: Money, annual: Money | undefined): TierPricing {
  const { currency, amountMinor: monthlyMinor } = monthly;
  const annualMinor = annual?.amountMinor ?? monthlyMinor * MONTHS;
  if (annual && annual.currency !== currency) {
    throw new DomainError(
      'currency_mismatch',
      `pricing.annual is in ${annual.currency}, pricing.monthly in ${currency}. Send both in one.`,
    );
  }
  if (annualMinor > LARGEST_MINOR) throw invalidField('pricing.monthly', 'is too large');
  return { currency, monthlyMinor, annualMinor };
}
