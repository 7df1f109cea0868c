import type { MissingReason } from './missing.ts';
import type { Money } from './money.ts';

/** A total in one currency; null, with the known part beside it, when an amount that belongs to it is missing. */
export interface Total {
  readonly totalMinor: bigint | null;
  readonly knownMinor: bigint;
  readonly reason: MissingReason | undefined;
}

/** One sum a currency; `totalMinor` is null when there are several, for what is not converted is never added. */
export interface CurrencyTotals {
  readonly byCurrency: ReadonlyMap<string, bigint>;
  readonly totalMinor: bigint | null;
  readonly reason: MissingReason | undefined;
}

/** Sums amounts of one currency in which null is an amount that has no rate to be told with. */
export function sumKnown(amounts: Iterable<bigint | null>): Total {
  let knownMinor = 0n;
  let isComplete = true;
  for (const amount of amounts) {
    if (amount === null) isComplete = false;
    else knownMinor += amount;
  }
  return isComplete
    ? { totalMinor: knownMinor, knownMinor, reason: undefined }
    : { totalMinor: null, knownMinor, reason: 'missing_rate' };
}

/** Sums totals of one currency; what is missing in one of them is missing in their sum, for the first reason told. */
export function addTotals(parts: readonly Total[]): Total {
  const knownMinor = parts.reduce((sum, part) => sum + part.knownMinor, 0n);
  const reason = parts.find((part) => part.reason !== undefined)?.reason;
  return { totalMinor: reason === undefined ? knownMinor : null, knownMinor, reason };
}

/** Sums amounts as they are, without a currency to report them in. */
export function sumByCurrency(amounts: Iterable<Money>): CurrencyTotals {
  const byCurrency = new Map<string, bigint>();
  for (const { amountMinor, currency } of amounts) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + amountMinor);
  }
  if (byCurrency.size > 1) return { byCurrency, totalMinor: null, reason: 'mixed_currency' };
  const [totalMinor = 0n] = byCurrency.values();
  return { byCurrency, totalMinor, reason: undefined };
}
