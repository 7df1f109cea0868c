import { formatMoney, parseMoney, type Money, type MoneyWire } from '@retainer/domain';

import { invalidField } from '../../tenancy/input-fields.ts';
import { readMoney, type MoneyInput } from '../../tenancy/money-input.ts';
import type { TrackingTerms } from './client-figures.ts';
import type { Assumptions } from './tracking-input.ts';

/** The terms of a calculation as they are kept beside its result. */
export interface StoredTerms {
  readonly hourlyRate: MoneyWire | null;
  readonly conversionValue: MoneyWire | null;
  readonly leadValue: MoneyWire | null;
  readonly spreadCostBy: TrackingTerms['spreadCostBy'];
}

/** What a request assumes, completed by what the agency does; amounts must be in the client's currency. */
export function termsOf(
  assumed: Assumptions,
  defaults: Pick<TrackingTerms, 'conversionValue' | 'leadValue'>,
  currency: string,
): TrackingTerms {
  const own = (value: MoneyInput | undefined, path: string): Money | undefined => {
    if (value === undefined) return undefined;
    const money = readMoney(value, currency, path);
    if (money.currency === currency) return money;
    throw invalidField(
      path,
      `must be in the client's currency, ${currency}, not ${money.currency}`,
    );
  };
  return {
    hourlyRate: own(assumed.hourlyRate, 'hourlyRate') ?? null,
    conversionValue: own(assumed.conversionValue, 'conversionValue') ?? defaults.conversionValue,
    leadValue: own(assumed.leadValue, 'leadValue') ?? defaults.leadValue,
    spreadCostBy: assumed.spreadCostBy ?? null,
  };
}

/** Terms as they are kept, and answered. */
export function storeTerms(terms: TrackingTerms): StoredTerms {
  const wire = (money: Money | null): MoneyWire | null => (money ? formatMoney(money) : null);
  return {
    hourlyRate: wire(terms.hourlyRate),
    conversionValue: wire(terms.conversionValue),
    leadValue: wire(terms.leadValue),
    spreadCostBy: terms.spreadCostBy,
  };
}

/** Terms as they were kept. */
export function storedTerms(stored: StoredTerms): TrackingTerms {
  const money = (wire: MoneyWire | null): Money | null =>
    wire ? (parseMoney(wire.amount, wire.currency) ?? null) : null;
  return {
    hourlyRate: money(stored.hourlyRate),
    conversionValue: money(stored.conversionValue),
    leadValue: money(stored.leadValue),
    spreadCostBy: stored.spreadCostBy,
  };
}
