import {
  addDays,
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

import type { ServedClient, Service } from '../served-clients.ts';
import type { AttentionItem } from './attention-dto.ts';
import { readLastPosts } from './attention.queries.ts';
import { days } from './measures.ts';
import { about } from './tier-attention.ts';

const EVER: LocalDate = '0001-01-01';

/** Clients that may post and have stopped. */
export async function postingAttention(service: Service): Promise<AttentionItem[]> {
  const { sql, now } = service;
  const able = service.clients.flatMap((client) => {
    if (stateAt(client.policy, now) !== undefined) return [];
    const { epochs } = client.policy;
    const today = calendarDateOf(epochs, now);
    const tierSince = calendarDateOf(epochs, startOfService(client.policy, now));
    return [{ client, today, tierSince }];
  });
  const earliest = able.reduce((first, { today }) => (today < first ? today : first), '9999-12-31');
  if (able.length === 0) return [];
  const since = addDays(earliest, -SILENT_DAYS);
  const recent = await readLastPostOf(service, { clients: able, since });
  const silent = able.filter((one) =>
    hasStoppedPosting({ ...one, lastPost: recent.get(one.client.id) ?? null }),
  );
  const last = await readLastPostOf({ sql }, { clients: silent, since: EVER });
  return silent.map(({ client, today, tierSince }) =>
    toItem(client, { today, tierSince, lastPost: last.get(client.id) }),
  );
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

async function readLastPostOf(
  { sql }: Pick<Service, 'sql'>,
  of: {
    readonly clients: readonly { readonly client: ServedClient }[];
    readonly since: LocalDate;
  },
): Promise<ReadonlyMap<string, LocalDate>> {
  if (of.clients.length === 0) return new Map();
  const clientIds = of.clients.map(({ client }) => client.id);
  const rows = await readLastPosts(sql, { clientIds, since: of.since });
  return new Map(rows.map((row) => [row.clientId, row.day]));
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
