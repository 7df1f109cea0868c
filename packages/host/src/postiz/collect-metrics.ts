import type { Observation } from '../calls/hook-bodies.ts';
import { HookError } from '../calls/hook-error.ts';
import {
  readPostizAnalytics,
  seriesObservations,
  type ReadAnalytics,
} from '../vocabulary/postiz-analytics.ts';
import type { KnownChannel } from './channels.ts';
import type { Desk } from './desk.ts';
import { hasClient, type ClientPost } from './post-events.ts';
import { findingOf } from './state/memory.ts';

/** What was read of one reply, and how much of it Retainer took. */
export interface Collected {
  readonly read: ReadAnalytics;
  readonly written: number;
}

/** Reads Postiz's analytics and tells Retainer what they say. */
export interface MetricsCollector {
  /** The figures of a channel's account over so many days. */
  readonly channel: (channel: KnownChannel, days: number) => Promise<Collected>;
  /** The figures of a published post as they stand. */
  readonly post: (post: ClientPost, days: number) => Promise<Collected>;
  /** Every channel, and every post of the last 30 days; one that fails is left for the next time. */
  readonly all: () => Promise<{ readonly written: number; readonly failed: number }>;
}

const ACCOUNT_DAYS = 30;
const POST_DAYS_MS = 30 * 86_400_000;

/** The collector of one desk. */
export function createMetricsCollector(desk: Desk): MetricsCollector {
  const channel: MetricsCollector['channel'] = async (one, days) => {
    const body = await desk.postiz.readAnalytics(one.id, days);
    const request = {
      provider: one.identifier,
      scope: 'account',
      days,
      unknown: desk.unknown,
    } as const;
    const read = readPostizAnalytics(body, request);
    const observations = seriesObservations(read.series, {
      platform: one.platform,
      channelId: one.id,
    });
    return { read, written: await write(desk, one.clientId, observations) };
  };
  const post: MetricsCollector['post'] = async (one, days) => {
    const body = await desk.postiz.readPostAnalytics(one.postId, days);
    const provider = desk.channels.find(one.channelId)?.identifier ?? one.platform;
    const request = { provider, scope: 'post', days, unknown: desk.unknown } as const;
    const read = readPostizAnalytics(body, request);
    if (read.isMissing) await noteMissing(desk, one);
    const observations = seriesObservations(read.series, {
      platform: one.platform,
      postId: one.postId,
    });
    return { read, written: await write(desk, one.clientId, observations) };
  };
  return { channel, post, all: () => collectAll(desk, { channel, post }) };
}

async function collectAll(
  desk: Desk,
  { channel, post }: Pick<MetricsCollector, 'channel' | 'post'>,
): Promise<{ readonly written: number; readonly failed: number }> {
  const since = desk.now() - POST_DAYS_MS;
  const channels = desk.channels.all().filter((one) => one.clientId !== null && !one.disabled);
  const posts = [...desk.memory.posts.all()].filter(
    (one) => hasClient(one) && one.counted.length > 0 && one.scheduledAt >= since,
  );
  let written = 0;
  let failed = 0;
  const collect = async (work: () => Promise<Collected>): Promise<void> => {
    try {
      written += (await work()).written;
    } catch (cause) {
      failed += 1;
      desk.log.warn({ cause: String(cause) }, 'figures could not be collected');
    }
  };
  // oxlint-disable-next-line no-await-in-loop -- one after the other: Postiz asks the network for each
  for (const one of channels) await collect(() => channel(one, ACCOUNT_DAYS));
  for (const one of posts) {
    // oxlint-disable-next-line no-await-in-loop -- see above
    if (hasClient(one)) await collect(() => post(one, ACCOUNT_DAYS));
  }
  desk.tally.add('metrics_written', written);
  return { written, failed };
}

async function write(
  desk: Desk,
  clientWorkspaceId: string | null,
  observations: readonly Observation[],
): Promise<number> {
  // An empty reply is how Postiz says that it failed: it must not overwrite what is known.
  if (clientWorkspaceId === null || observations.length === 0) return 0;
  try {
    const { accepted } = await desk.hooks.metrics({ clientWorkspaceId, observations });
    return accepted;
  } catch (cause) {
    if (!(cause instanceof HookError) || cause.isUnavailable) throw cause;
    desk.log.warn({ code: cause.code, detail: cause.message }, 'Retainer refused figures');
    return 0;
  }
}

async function noteMissing(desk: Desk, post: ClientPost): Promise<void> {
  const { postId, channelId, clientId } = post;
  const detail =
    'Postiz does not know which post it is at the network: set its release to get figures.';
  const finding = {
    flag: 'release_missing',
    postId,
    channelId,
    clientId,
    at: desk.now(),
    detail,
  } as const;
  await desk.memory.put([findingOf(finding)]);
}
