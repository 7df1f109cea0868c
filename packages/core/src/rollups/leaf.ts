import type { LocalDate } from '@retainer/domain';

/** What kind of fact a leaf comes from. */
export type LeafKind =
  | 'time'
  | 'saved'
  | 'tool'
  | 'ad_spend'
  | 'other'
  | 'lead'
  | 'conversion'
  | 'revenue'
  | 'post'
  | 'placement';

/** What one fact adds to one local day, or evenly to the days of a span, before its amount is converted. */
export interface Leaf {
  readonly clientId: string;
  readonly kind: LeafKind;
  readonly factId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly contentType: string | null;
  readonly postId: string | null;
  readonly seconds: number;
  readonly billableSeconds: number;
  readonly baselineSeconds: number;
  readonly count: number;
  /** In minor units of its own currency; null where the fact has none, or none yet. */
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** The fact has an amount, but no rate gives it yet. */
  readonly missing: boolean;
  readonly rateLevel: string | null;
}

/** A leaf with its amount in the currencies that the sums are kept in; null where no exchange rate gives it. */
export interface PricedLeaf extends Leaf {
  readonly clientMinor: bigint | null;
  readonly agencyMinor: bigint | null;
}

/** A leaf of one day that carries nothing but what is named. */
export function leafOf(
  fact: Pick<Leaf, 'clientId' | 'kind' | 'factId' | 'from'> & Partial<Leaf>,
): Leaf {
  return {
    to: fact.from,
    campaignId: null,
    platform: null,
    contentType: null,
    postId: null,
    seconds: 0,
    billableSeconds: 0,
    baselineSeconds: 0,
    count: 0,
    amountMinor: null,
    currency: null,
    missing: false,
    rateLevel: null,
    ...fact,
  };
}
