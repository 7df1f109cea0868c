import { divideRound } from '@retainer/domain';

import { priceEntries, type PricedSegment } from '../costs/time-entries/price-entries.ts';
import { TimeEntry } from '../costs/time-entries/time-entry.entity.ts';
import { leafOf, type Leaf } from './leaf.ts';
import type { Refresh } from './refresh-scope.ts';

const SECONDS_PER_HOUR = 3600n;

/** What the entries of these ids add: their time and cost on each local day, and the time that was saved. */
export async function readTimeLeaves(
  { em, ctx, world }: Refresh,
  ids: readonly string[],
): Promise<Leaf[]> {
  if (ids.length === 0) return [];
  const { agencyId } = ctx;
  const entries = await em.find(
    TimeEntry,
    {
      agencyId,
      id: { $in: [...ids] },
      clientId: { $in: [...world.clients.keys()] },
      deletedAt: null,
    },
    { disableIdentityMap: true },
  );
  const priced = await priceEntries(em, world, entries);
  return entries.flatMap((entry) => {
    const segments = priced.get(entry.id) ?? [];
    const days = segments.map((segment) => timeLeaf(entry, segment));
    const [first] = segments;
    return first && typeof entry.baselineSeconds === 'number'
      ? [
          ...days,
          savedLeaf(
            entry,
            { first, segments, baselineSeconds: entry.baselineSeconds },
            world.rounding,
          ),
        ]
      : days;
  });
}

function timeLeaf(entry: TimeEntry, segment: PricedSegment): Leaf {
  return leafOf({
    ...factOf(entry),
    kind: 'time',
    from: segment.date,
    seconds: segment.seconds,
    billableSeconds: segment.billableSeconds,
    amountMinor: segment.costMinor,
    currency: segment.currency,
    missing: segment.costMinor === null,
    rateLevel: segment.level,
  });
}

/** What the same work would have taken by hand, less what it took; more time than by hand is saved time below 0. */
function savedLeaf(
  entry: TimeEntry,
  of: {
    readonly first: PricedSegment;
    readonly segments: readonly PricedSegment[];
    readonly baselineSeconds: number;
  },
  rounding: Parameters<typeof divideRound>[2],
): Leaf {
  const { first, segments, baselineSeconds } = of;
  const { minorPerHour: rate } = first;
  const saved = segments.reduce((left, { seconds }) => left - seconds, baselineSeconds);
  return leafOf({
    ...factOf(entry),
    kind: 'saved',
    from: first.date,
    seconds: saved,
    baselineSeconds,
    amountMinor:
      rate === null ? null : divideRound(rate * BigInt(saved), SECONDS_PER_HOUR, rounding),
    currency: rate === null ? null : first.currency,
    missing: rate === null,
    rateLevel: first.level,
  });
}

function factOf(
  entry: TimeEntry,
): Pick<Leaf, 'clientId' | 'factId' | 'campaignId' | 'platform' | 'contentType' | 'postId'> {
  return {
    clientId: entry.clientId,
    factId: entry.id,
    campaignId: entry.campaignId ?? null,
    platform: entry.platform ?? null,
    contentType: entry.contentType ?? null,
    postId: entry.postId ?? null,
  };
}
