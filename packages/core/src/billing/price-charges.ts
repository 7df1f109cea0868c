import { convert, type Charge, type LocalDate, type Rounding } from '@retainer/domain';

import { giveRates, type RateWish } from '../costs/exchange-rates/given-rates.ts';
import type { SqlSession } from '../db/sql-session.ts';

/** A charge, and whose it is. */
export interface ChargeOfClient extends Charge {
  readonly clientId: string;
}

/** A charge in the currency that was asked for; null where no exchange rate gives it. */
export interface PricedCharge extends Omit<ChargeOfClient, 'amountMinor'> {
  readonly amountMinor: bigint | null;
}

/**
 * Tells charges in another currency, as of their first date. As with every fact, a charge keeps the rate it was given
 * once; but one that is still to come takes only what is known today, and keeps nothing.
 */
export async function priceCharges(
  sql: SqlSession,
  charges: readonly ChargeOfClient[],
  to: {
    readonly currency: string;
    readonly rounding: Rounding;
    /** Up to today's charges, or of none. */
    readonly keptUntil: LocalDate | undefined;
  },
): Promise<PricedCharge[]> {
  const { currency, rounding, keptUntil } = to;
  const foreign = charges.filter((charge) => charge.currency !== currency);
  const wishes = foreign.map((charge) => wishOf(charge, currency));
  const rates = await giveRates(
    sql,
    wishes,
    ({ date }) => keptUntil !== undefined && date <= keptUntil,
  );
  return charges.map((charge): PricedCharge => {
    if (charge.currency === currency) return charge;
    const wish = wishOf(charge, currency);
    const rate = rates(wish);
    const amountMinor = rate ? convert(charge.amountMinor, { ...wish, rate, rounding }) : null;
    return { ...charge, currency, amountMinor };
  });
}

function wishOf(charge: ChargeOfClient, to: string): RateWish {
  const { clientId, termId, from: date, currency: from } = charge;
  return { clientId, kind: 'fee', factId: termId, date, from, to };
}
