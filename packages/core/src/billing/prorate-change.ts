import {
  prorate,
  type Money,
  type MoneyWire,
  type PricedPeriod,
  type ProrationLine,
  type Rounding,
} from '@retainer/domain';

import { moneyWire } from '../tenancy/money-input.ts';
import { periodOf, type Standing, type Term } from './plan-assignment.ts';

/** The bill for a change at once: lines that sum exactly to the total. */
export interface ProrationDto {
  readonly lines: readonly { readonly description: string; readonly amount: MoneyWire }[];
  readonly total: MoneyWire;
}

/** A term, its price for one period, and the name people know it by. */
export interface PricedTerm {
  readonly term: Pick<Term, 'anchor' | 'everyMonths' | 'trialEndsAt'>;
  readonly price: Money;
  readonly name: string;
}

/** What a change at once costs. A trial was not paid for and costs nothing. */
export function prorateChange(
  { epochs, now }: Pick<Standing, 'epochs' | 'now'>,
  { before, after, rounding }: PricedChange,
): ProrationDto {
  const priced = ({ term, price }: PricedTerm): PricedPeriod => ({
    period: periodOf(term, epochs, now),
    price: term.trialEndsAt === undefined ? price : { ...price, amountMinor: 0n },
  });
  const { lines, totalMinor } = prorate({
    at: now,
    before: priced(before),
    after: priced(after),
    rounding,
  });
  const { currency } = after.price;
  return {
    lines: lines.map((line) => ({
      description: describe(line, { before, after }),
      amount: moneyWire(line.amountMinor, currency),
    })),
    total: moneyWire(totalMinor, currency),
  };
}

export interface PricedChange {
  readonly before: PricedTerm;
  readonly after: PricedTerm;
  readonly rounding: Rounding;
}

function describe(
  line: ProrationLine,
  { before, after }: Pick<PricedChange, 'before' | 'after'>,
): string {
  const share = `${line.seconds} of ${line.ofSeconds} seconds of the period`;
  switch (line.kind) {
    case 'credit':
      return `${before.name}: credit for the unused ${share}`;
    case 'charge':
      return after.term.trialEndsAt === undefined
        ? `${after.name}: the remaining ${share}`
        : `${after.name}: free during the trial`;
  }
}
