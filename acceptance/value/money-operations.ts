import {
  allocate,
  convert,
  rateOn,
  rateTable,
  roundMoney,
  sumByCurrency,
  sumKnown,
  toDecimal,
  wholeWeights,
  type Claim,
  type ExchangeRate,
  type Rounding,
} from '@retainer/domain';

import { wholeMap, type Fields } from '../compare.ts';
import { count, exact, fields, list, rows, text, whole, type Operation } from './given.ts';
import { number, numberOrNull, numbersByKey, totalFields } from './shown.ts';

/** Amounts: rounding, splitting, converting. */
export const MONEY_OPERATIONS: Readonly<Record<string, Operation>> = {
  roundMoney: (given) => ({
    halfExpandMinor: rounded(given, 'half_away_from_zero'),
    halfEvenMinor: rounded(given, 'half_even'),
  }),
  allocate: (given) => {
    const { shares, unallocated } = allocate(whole(given, 'totalMinor'), claimsOf(given));
    return {
      shares: shares.map(number),
      unallocated: number(unallocated),
      sumMinor: number(sum(shares) + unallocated),
    };
  },
  allocateSummary: (given) => {
    const equal = Array.from({ length: count(given, 'equalClients') }, () => 1);
    const { shares } = allocate(whole(given, 'totalMinor'), claimsOf({ weights: equal }));
    const clients = new Map<string, number>();
    for (const share of shares) {
      const name = `clientsWith${share}`;
      clients.set(name, (clients.get(name) ?? 0) + 1);
    }
    return { ...numbersByKey(clients), sumMinor: number(sum(shares)) };
  },
  convert: (given) => ({
    minor: number(convert(whole(given, 'amountMinor'), conversionOf(given, exact(given['rate'])))),
  }),
  convertCross: (given) => {
    const rates = Object.entries(fields(given, 'perEur')).map(([quote, rate]): ExchangeRate => ({
      base: 'EUR',
      quote,
      date: TODAY,
      rate: exact(rate),
    }));
    const ask = { from: text(given, 'from'), to: text(given, 'to'), date: TODAY };
    const found = rateOn(rateTable(rates), ask);
    if (found === undefined) return { minor: null, rate6: null, reason: 'missing_rate' };
    const { rate } = found;
    return {
      minor: number(convert(whole(given, 'amountMinor'), { ...ask, rate })),
      rate6: toDecimal(rate, 6),
    };
  },
  convertSum: (given) => {
    const conversion = conversionOf(given, exact(given['rate']));
    const amounts = list(given, 'amountsMinor').map((amount) => BigInt(String(amount)));
    const converted = amounts.map((amount) => convert(amount, conversion));
    return {
      convertedMinor: converted.map(number),
      ...totalFields(sumKnown(converted)),
      // What the product would say if it added before it converted: told so that a case can prove it does not.
      sumThenConvertMinor: number(convert(sum(amounts), conversion)),
    };
  },
  convertDated,
  sumMixed: (given) => {
    if (given['reportCurrency'] !== null) throw new Error('reportCurrency: only null is known');
    const totals = sumByCurrency(
      rows(given, 'amounts').map((amount) => ({
        amountMinor: whole(amount, 'minor'),
        currency: text(amount, 'currency'),
      })),
    );
    return {
      totalMinor: numberOrNull(totals.totalMinor),
      byCurrency: wholeMap(numbersByKey(totals.byCurrency)),
      reason: totals.reason,
    };
  },
};

// The rates of a cross are all of one day; which one does not matter to it.
const TODAY = '2025-01-01';

function convertDated(given: Fields): Fields {
  const [from, to] = [text(given, 'from'), text(given, 'to')];
  const table = rateTable(
    Object.entries(fields(given, 'rates')).map(([date, rate]): ExchangeRate => ({
      base: from,
      quote: to,
      date,
      rate: exact(rate),
    })),
  );
  const stale =
    given['maxStaleDays'] === undefined ? {} : { maxAgeDays: count(given, 'maxStaleDays') };
  const found = rows(given, 'facts').map((fact) => {
    const rate = rateOn(table, { from, to, date: text(fact, 'date'), ...stale });
    const amount = whole(fact, 'amountMinor');
    return {
      date: rate?.date ?? null,
      minor: rate === undefined ? null : convert(amount, { from, to, rate: rate.rate }),
    };
  });
  return {
    converted: found.map(({ minor }) => numberOrNull(minor)),
    rateDates: found.map(({ date }) => date),
    ...totalFields(sumKnown(found.map(({ minor }) => minor))),
  };
}

function conversionOf(
  given: Fields,
  rate: ReturnType<typeof exact>,
): Parameters<typeof convert>[1] {
  return { from: text(given, 'from'), to: text(given, 'to'), rate };
}

function rounded(given: Fields, rounding: Rounding): number | null {
  const { amount } = given;
  if (typeof amount !== 'string' && typeof amount !== 'number') throw new Error('given.amount');
  const money = roundMoney(amount, text(given, 'currency'), rounding);
  return money === undefined ? null : number(money.amountMinor);
}

/** Claims with the ids given, else with ids that ascend in the order given. */
function claimsOf(given: Fields): readonly Claim[] {
  const weights = list(given, 'weights').map(String);
  const ids = Array.isArray(given['ids'])
    ? given['ids'].map(String)
    : weights.map((_, index) => String(index).padStart(9, '0'));
  // Keys of an object are taken in the order written unless they are numbers, so ids stand behind a letter.
  const byId = Object.fromEntries(weights.map((weight, index) => [`#${ids[index]}`, weight]));
  return wholeWeights(byId);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}
