import type { RawFacts } from './raw-facts.ts';

/** The facts, and what the model misses while it works: an exchange rate from, to and of a date. */
export interface Asked extends RawFacts {
  readonly unpriced: Set<string>;
}

/** Every sum but those that are 0, or that nothing was observed of. */
export type Sums = Readonly<Record<string, bigint>>;

/** What one fact adds to one day, before it is known in which currency. */
export interface Part {
  readonly clientId: string;
  readonly date: string;
  readonly platform?: string | null;
  readonly contentType?: string | null;
  readonly campaignId?: string | null;
  readonly sums: Sums;
  readonly money?: Money;
  /** A post counts once by platform on each of its own, and once by everything else. */
  readonly only?: 'platform' | 'others';
}

/** What of it is money, and of which kind. */
export interface Money {
  readonly column: 'time' | 'saved' | 'ads' | 'other' | 'revenue';
  /** In the currency asked for, of this day; null where no rate gives it. */
  readonly in: (currency: string) => bigint | null;
}
