import {
  convert,
  fraction,
  parseDecimal,
  rateOn,
  rateTable,
  type Charge,
  type Fraction,
  type LocalDate,
  type RateTable,
  type Rounding,
} from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import {
  keepFactRates,
  readExchangeRates,
  readFactRates,
  type FactRateRow,
} from '../rollups/exchange.queries.ts';

/** A charge, and whose it is. */
export interface ChargeOfClient extends Charge {
  readonly clientId: string;
}

/** A charge in the currency that was asked for; null where no exchange rate gives it. */
export interface PricedCharge extends Omit<ChargeOfClient, 'amountMinor'> {
  readonly amountMinor: bigint | null;
}

const KIND = 'fee';

/**
 * Tells charges in another currency, as of their first date. As with every fact, a charge keeps the rate it was given
 * once; but one that is still to come takes only what is known today, and keeps nothing.
 */
export async function priceCharges(
  sql: SqlSession,
  charges: readonly ChargeOfClient[],
  to: { readonly currency: string; readonly rounding: Rounding; readonly today: LocalDate },
): Promise<PricedCharge[]> {
  const { currency, rounding, today } = to;
  const foreign = charges.filter((charge) => charge.currency !== currency);
  const rates = await ratesFor(sql, foreign, { to: currency, today });
  return charges.map((charge): PricedCharge => {
    if (charge.currency === currency) return charge;
    const rate = rates.get(keyOf(charge, currency));
    const terms = rate && { from: charge.currency, to: currency, rate, rounding };
    return { ...charge, currency, amountMinor: terms ? convert(charge.amountMinor, terms) : null };
  });
}

async function ratesFor(
  sql: SqlSession,
  foreign: readonly ChargeOfClient[],
  { to, today }: { readonly to: string; readonly today: LocalDate },
): Promise<ReadonlyMap<string, Fraction>> {
  const rates = new Map<string, Fraction>();
  if (foreign.length === 0) return rates;
  const facts = foreign.map(({ clientId, termId }) => ({ clientId, factId: termId }));
  for (const row of await readFactRates(sql, facts)) {
    const rate = fraction(BigInt(row.numerator), BigInt(row.denominator));
    const { clientId, factId: termId, date, from: currency } = row;
    if (row.kind === KIND)
      rates.set(keyOf({ clientId, termId, from: date, currency }, row.to), rate);
  }
  const open = foreign.filter((charge) => !rates.has(keyOf(charge, to)));
  if (open.length === 0) return rates;

  const table = await tableFor(sql, open);
  const fresh: FactRateRow[] = [];
  for (const charge of open) {
    const { clientId, termId: factId, from: date, currency: from } = charge;
    const found = rateOn(table, { from, to, date });
    if (!found) continue;
    rates.set(keyOf(charge, to), found.rate);
    const { num, den } = found.rate;
    const given = { numerator: num.toString(), denominator: den.toString(), rateDate: found.date };
    if (date <= today) fresh.push({ clientId, kind: KIND, factId, date, from, to, ...given });
  }
  await keepFactRates(sql, fresh);
  return rates;
}

async function tableFor(sql: SqlSession, open: readonly ChargeOfClient[]): Promise<RateTable> {
  const dates = open.map((charge) => charge.from).toSorted();
  const first = dates[0] ?? '';
  const rows = await readExchangeRates(sql, { first, last: dates.at(-1) ?? first });
  return rateTable(
    rows.flatMap((row) => {
      const rate = parseDecimal(row.rate);
      return rate ? [{ ...row, rate }] : [];
    }),
  );
}

function keyOf(
  charge: Pick<ChargeOfClient, 'clientId' | 'termId' | 'from' | 'currency'>,
  to: string,
): string {
  return [charge.clientId, charge.termId, charge.from, charge.currency, to].join('\n');
}
