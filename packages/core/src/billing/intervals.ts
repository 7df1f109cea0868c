import type { Money } from '@retainer/domain';

import type { TierVersion } from '../tiers/tier.entity.ts';
import type { BillingMonths } from './assignment.entity.ts';

/** How often a client is billed. */
export type BillingInterval = 'monthly' | 'quarterly' | 'annual';

const MONTHS: Readonly<Record<BillingInterval, BillingMonths>> = {
  monthly: 1,
  quarterly: 3,
  annual: 12,
};

const NAMES: Readonly<Record<BillingMonths, BillingInterval>> = {
  1: 'monthly',
  3: 'quarterly',
  12: 'annual',
};

/** How many months one price pays for. */
export function monthsOf(interval: BillingInterval): BillingMonths {
  return MONTHS[interval];
}

/** The name of an interval of so many months. */
export function intervalOf(everyMonths: BillingMonths): BillingInterval {
  return NAMES[everyMonths];
}

/** What a version costs for one interval: a quarter is three months, a year has its own price. */
export function priceOf(version: TierVersion, everyMonths: BillingMonths): Money {
  const { currency, monthlyMinor, annualMinor } = version;
  const amountMinor = everyMonths === 12 ? annualMinor : monthlyMinor * BigInt(everyMonths);
  return { amountMinor, currency };
}

/** What a version costs by the month, which is what tiers are compared by. */
export function monthlyPriceOf({ monthlyMinor, currency }: TierVersion): Money {
  return { amountMinor: monthlyMinor, currency };
}
