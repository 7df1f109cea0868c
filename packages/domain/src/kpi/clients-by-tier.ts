import type { DateSpan } from '../calendar/date-span.ts';
import type { LocalDate } from '../calendar/instant.ts';
import { addDays } from '../calendar/local-date.ts';

/** The dates on which a client was active or trialing on a tier; `to` is the last of them, null while it lasts. */
export interface TierDates {
  readonly tier: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** A client: the tiers it was on, one after another, and what was done for it in the period. */
export interface TieredClient {
  readonly tiers: readonly TierDates[];
  readonly posts: number;
  readonly trackedSeconds: number;
}

/** Clients counted in each way that the word active has, so that a tile can say which one it shows. */
export interface ClientCounts {
  readonly total: number;
  /** On the period's last day; what `active` means unless something else is said. */
  readonly activeAtEnd: number;
  readonly activeAnyDay: number;
  /** With a post or tracked time in the period, whatever the tier. */
  readonly withActivity: number;
  /** Those active at the end, by the tier they were on that day. */
  readonly byTierAtEnd: ReadonlyMap<string, number>;
}

/** Counts the clients of a period. A tier that ends on a day still covers it. */
export function clientsByTier(clients: readonly TieredClient[], period: DateSpan): ClientCounts {
  const lastDay = addDays(period.toExclusive, -1);
  const atEnd = clients.flatMap(({ tiers }) => tierOver(tiers, { from: lastDay, to: lastDay }));
  const byTierAtEnd = new Map<string, number>();
  for (const tier of atEnd) byTierAtEnd.set(tier, (byTierAtEnd.get(tier) ?? 0) + 1);

  const anyDay = { from: period.from, to: lastDay };
  return {
    total: clients.length,
    activeAtEnd: atEnd.length,
    activeAnyDay: clients.filter(({ tiers }) => tierOver(tiers, anyDay).length > 0).length,
    withActivity: clients.filter(({ posts, trackedSeconds }) => posts > 0 || trackedSeconds > 0)
      .length,
    byTierAtEnd,
  };
}

/** The last tier that covered any of the days, in a list of at most one. */
function tierOver(
  tiers: readonly TierDates[],
  days: { readonly from: LocalDate; readonly to: LocalDate },
): string[] {
  const covering = tiers.filter(
    ({ from, to }) => from <= days.to && (to === null || to >= days.from),
  );
  const last = covering.at(-1);
  return last === undefined ? [] : [last.tier];
}
