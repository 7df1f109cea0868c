import { leafOf, type Leaf } from './leaf.ts';
import type { ConversionRow, CostRow } from './source.queries.ts';

/** What ad spend or another cost of a client adds: its amount, spread over its days. */
export function costLeaf(row: CostRow): Leaf {
  return leafOf({
    clientId: row.clientId,
    kind: row.kind,
    factId: row.id,
    from: row.from,
    to: row.to,
    campaignId: row.campaignId,
    platform: row.platform,
    amountMinor: BigInt(row.amountMinor),
    currency: row.currency,
  });
}

/** What a lead, a conversion or revenue adds to its day. */
export function conversionLeaf(row: ConversionRow): Leaf {
  return leafOf({
    clientId: row.clientId,
    kind: row.kind,
    factId: row.id,
    from: row.date,
    campaignId: row.campaignId,
    platform: row.platform,
    contentType: row.contentType,
    postId: row.postId,
    count: Number(row.count),
    amountMinor: row.amountMinor === null ? null : BigInt(row.amountMinor),
    currency: row.currency,
  });
}
