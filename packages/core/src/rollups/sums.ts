import type { LocalDate, ValueSums } from '@retainer/domain';

/** What figures are broken down by. */
export type Dimension = 'platform' | 'contentType' | 'campaign' | 'day';

/** The sums of one platform, content type, campaign or day; the empty key is what names none. */
export interface KeyedSums {
  readonly key: string;
  readonly sums: ValueSums;
}

/** A client's sums over some days, whole and broken down; each breakdown sums to the total. */
export interface ClientSums {
  readonly total: ValueSums;
  readonly breakdowns: Readonly<Record<Dimension, readonly KeyedSums[]>>;
}

/** Local dates, both included. */
export interface DateRange {
  readonly startDate: LocalDate;
  readonly endDate: LocalDate;
}
