import { wholeSeconds, type Instant, type Window } from '../calendar/instant.ts';
import { DomainError } from '../errors.ts';
import type { Money } from '../money/money.ts';
import { divideRound, type Rounding } from '../money/rounding.ts';

/** A price and the billing period it pays for. */
export interface PricedPeriod {
  readonly period: Window;
  readonly price: Money;
}

/** A change of price that takes effect at once: what was paid for before, if anything, and what is from now on. */
export interface ProrationInput {
  readonly at: Instant;
  readonly before: PricedPeriod | undefined;
  readonly after: PricedPeriod;
  readonly rounding: Rounding;
}

/** One amount on the bill for a change: below zero for a credit, with the seconds it covers out of its period's. */
export interface ProrationLine {
  readonly kind: 'credit' | 'charge';
  readonly amountMinor: bigint;
  readonly seconds: number;
  readonly ofSeconds: number;
}

/** The lines of a change and their exact sum, in the currency of the price that follows. */
export interface Proration {
  readonly lines: readonly ProrationLine[];
  readonly totalMinor: bigint;
}

/**
 * Gives back what is left of the price before and charges what is left of the price after, by the whole second:
 * the second in which the change happens belongs to the price after. Each line is rounded once, the total never.
 */
export function prorate(input: ProrationInput): Proration {
  const { at, before, after, rounding } = input;
  const lines: ProrationLine[] = [];
  if (before !== undefined && before.price.amountMinor !== 0n) {
    if (before.price.currency !== after.price.currency) {
      throw new DomainError(
        'currency_mismatch',
        'A change between prices in two currencies cannot be prorated.',
      );
    }
    const left = lineFor('credit', before, { at, rounding });
    lines.push({ ...left, amountMinor: -left.amountMinor });
  }
  lines.push(lineFor('charge', after, { at, rounding }));
  return { lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0n) };
}

function lineFor(
  kind: ProrationLine['kind'],
  priced: PricedPeriod,
  terms: Pick<ProrationInput, 'at' | 'rounding'>,
): ProrationLine {
  const start = wholeSeconds(priced.period.start);
  const end = wholeSeconds(priced.period.end);
  const ofSeconds = end - start;
  if (!(ofSeconds > 0)) {
    throw new DomainError('period_inverted', 'A billing period must end after it starts.');
  }
  const seconds = Math.min(Math.max(end - wholeSeconds(terms.at), 0), ofSeconds);
  const share = priced.price.amountMinor * BigInt(seconds);
  return {
    kind,
    amountMinor: divideRound(share, BigInt(ofSeconds), terms.rounding),
    seconds,
    ofSeconds,
  };
}
