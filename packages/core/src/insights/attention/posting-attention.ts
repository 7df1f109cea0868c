import {
  calendarDateOf,
  daysBetween,
  fraction,
  hasStoppedPosting,
  SILENT_DAYS,
  stateAt,
  type Instant,
  type LocalDate,
  type Policy,
} from '@retainer/domain';

import { keptPartsOf } from '../../kernel/kept-parts.ts';
import type { ServedClient } from '../served-clients.ts';
import type { AttentionItem } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { readLastPosts } from './attention.queries.ts';
import { days } from './measures.ts';
import { about } from './tier-attention.ts';

const keptLastPosts = keptPartsOf<LocalDate>(100_000);

/** Clients that may post and have stopped. */
export async function postingAttention(world: AttentionWorld): Promise<AttentionItem[]> {
  const { service, agencyId, marks, memory } = world;
  const { sql, now } = service;
  const able = service.clients.flatMap((client) => {
    const mark = marks.clients.get(client.id);
    if (mark === undefined || stateAt(client.policy, now) !== undefined) return [];
    const { epochs } = client.policy;
    const today = calendarDateOf(epochs, now);
    const tierSince = calendarDateOf(epochs, startOfService(client.policy, now));
    return [{ client, mark, today, tierSince }];
  });
  const lastPosts = await keptLastPosts(memory.owner).take(
    agencyId,
    new Map(able.map(({ client, mark }) => [client.id, mark])),
    async (ids) => {
      const rows = await readLastPosts(sql, ids);
      return new Map(rows.map(({ clientId, day }) => [clientId, day]));
    },
  );
  return able.flatMap(({ client, today, tierSince }) => {
    const lastPost = lastPosts.get(client.id);
    const of = { today, tierSince, lastPost: lastPost ?? null };
    return hasStoppedPosting(of) ? [toItem(client, { today, tierSince, lastPost })] : [];
  });
}

/** When the time on tiers began that lasts until now without a gap. */
function startOfService({ segments }: Policy, now: Instant): Instant {
  let start = now;
  for (const segment of segments.toReversed()) {
    if (segment.to > now ? segment.from > now : segment.to !== start) continue;
    start = segment.from;
  }
  return start;
}

function toItem(
  client: ServedClient,
  of: {
    readonly today: LocalDate;
    readonly tierSince: LocalDate;
    readonly lastPost: LocalDate | undefined;
  },
): AttentionItem {
  const { today, tierSince, lastPost } = of;
  const silent = daysBetween(lastPost ?? tierSince, today);
  const since = lastPost ? `since ${lastPost}` : `since the tier began on ${tierSince}`;
  return {
    ...about(client),
    code: 'stopped_posting',
    weight: fraction(BigInt(silent), 1n),
    tell: () => ({
      figure: days(silent),
      comparedWith: days(SILENT_DAYS),
      message: `Nothing was published ${since}, though the tier would allow it.`,
    }),
  };
}
