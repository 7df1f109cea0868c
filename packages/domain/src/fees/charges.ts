import { billingPeriodOf, type BillingAnchor } from '../calendar/billing-period.ts';
import { calendarDateOf } from '../calendar/calendar-day.ts';
import type { DateSpan } from '../calendar/date-span.ts';
import type { Instant, LocalDate, Window } from '../calendar/instant.ts';
import { addDays, dayNumberOf } from '../calendar/local-date.ts';
import type { CalendarEpoch } from '../calendar/week.ts';
import type { Money } from '../money/money.ts';
import type { Rounding } from '../money/rounding.ts';
import { prorate } from '../proration/prorate.ts';

/** A stretch of time that a client is billed for at one price; `to` is Infinity while nothing ends it. */
export interface BilledTerm {
  readonly id: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly anchor: BillingAnchor;
  /** Of one billing period. */
  readonly price: Money;
  /** A trial is not paid for, whenever it ends: the paid start is a term of its own. */
  readonly onTrial: boolean;
  readonly endedBy: 'change' | 'cancel' | undefined;
}

/** One amount on a client's bills, under which term, and the local dates it is for; below 0 for a credit. */
export interface Charge extends Money, DateSpan {
  readonly termId: string;
}

/** Whose bills are asked for: by which calendar, rounded how, and which dates they must have a part in. */
export interface ChargesAsk {
  readonly epochs: readonly CalendarEpoch[];
  readonly rounding: Rounding;
  readonly span: DateSpan;
}

const DAY_MS = 86_400_000;
// No zone is this far from UTC, so what touches the dates anywhere lies between.
const MARGIN_MS = 2 * DAY_MS;

/**
 * What a client is charged under its terms, in the order of time. Each billing period costs its price, for all its
 * dates. A change gives back what is left of the price before and charges what is left of the price after, as
 * `prorate` does, both for the dates that are left. A cancel gives nothing back, a pause changes nothing, and periods
 * to come are charged as if nothing changed until then.
 */
export function chargesOf(terms: readonly BilledTerm[], ask: ChargesAsk): Charge[] {
  return terms.flatMap((term, index) => {
    if (term.onTrial || term.price.amountMinor === 0n) return [];
    const before = terms[index - 1];
    const isChange = before?.endedBy === 'change' && before.to === term.from;
    const charges = periodsOf(term, ask).flatMap((period) => {
      const at = Math.max(period.start, term.from);
      const price = isChange ? restOf(term.price, { period, at, ...ask }) : term.price.amountMinor;
      return [chargeFor(price, { term, period, at, ...ask }), ...creditOf(term, period, ask)];
    });
    return charges.filter((charge) => isWithin(charge, ask.span));
  });
}

function creditOf(term: BilledTerm, period: Window, ask: ChargesAsk): Charge[] {
  const at = term.to;
  if (term.endedBy !== 'change' || at >= period.end) return [];
  const left = restOf(term.price, { period, at, ...ask });
  return [chargeFor(-left, { term, period, at, ...ask })];
}

/** The share of a price that the rest of its period costs. */
function restOf(
  price: Money,
  of: { readonly period: Window; readonly at: Instant; readonly rounding: Rounding },
): bigint {
  const { period, at, rounding } = of;
  return prorate({ at, before: undefined, after: { period, price }, rounding }).totalMinor;
}

function chargeFor(
  amountMinor: bigint,
  of: {
    readonly term: BilledTerm;
    readonly period: Window;
    readonly at: Instant;
    readonly epochs: readonly CalendarEpoch[];
  },
): Charge {
  const from = calendarDateOf(of.epochs, of.at);
  const last = laterOf(from, calendarDateOf(of.epochs, of.period.end - 1));
  const { id: termId, price } = of.term;
  return { termId, amountMinor, currency: price.currency, from, toExclusive: addDays(last, 1) };
}

/** The billing periods of a term that may have a part in the dates. */
function periodsOf({ from, to, anchor }: BilledTerm, { epochs, span }: ChargesAsk): Window[] {
  const earliest = dayNumberOf(span.from) * DAY_MS - MARGIN_MS;
  const latest = dayNumberOf(span.toExclusive) * DAY_MS + MARGIN_MS;
  const periods: Window[] = [];
  // A period that was cut short is for all its dates, so the last one counts even when the dates come after it.
  let at = Math.min(Math.max(from, earliest), to - 1);
  while (at < Math.min(to, latest)) {
    const period = billingPeriodOf(anchor, epochs, at);
    periods.push(period);
    at = period.end;
  }
  return periods;
}

function isWithin(charge: DateSpan, span: DateSpan): boolean {
  return charge.from < span.toExclusive && charge.toExclusive > span.from;
}

// A change of zone may let a date come twice.
function laterOf(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}
