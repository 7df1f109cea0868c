import type { ChannelBody, HookEvent } from '../calls/hook-bodies.ts';
import { tierPlatform, type PlatformReading } from '../vocabulary/platforms.ts';
import type { HostChannel, HostPost } from './host-post.ts';
import { heardOf, isLate, withNews, type Heard, type KnownPost } from './post-memory.ts';
import { newsOf, type PostNews } from './post-news.ts';

/** What is told of a post, and what is known of it then. */
export interface Told {
  readonly events: readonly HookEvent[];
  readonly known: KnownPost;
}

/** What turning a post into hooks rests on. */
export interface Telling {
  readonly clientWorkspaceId: string | null;
  readonly platforms: PlatformReading;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the hooks are told of a post, given what was heard before: late news say nothing. */
export function tellPost(told: HostPost, before: KnownPost | undefined, telling: Telling): Told {
  const { clientWorkspaceId, now } = telling;
  const post = atAskedTime(told, before);
  const storedAs = told.storedAs ?? before?.storedAs;
  let known: KnownPost = {
    heard: {},
    ...before,
    clientWorkspaceId: before?.clientWorkspaceId ?? clientWorkspaceId,
    heardAt: now,
    storedAs,
  };
  const events: HookEvent[] = [...attachEvents(post, { known, telling })];
  for (const news of newsOf(post)) {
    const fresh = freshNews(news, { post, known });
    if (fresh === undefined) continue;
    events.push(...eventsOf(fresh, { post, known, telling }));
    known = withNews(known, {
      channelIds: fresh.channels.map(({ id }) => id),
      heard: heardIn(fresh, post),
    });
  }
  return { events, known };
}

// A host that stored another time than it was asked for tells that one from then on.
function atAskedTime(post: HostPost, known: KnownPost | undefined): HostPost {
  const isStored = known?.storedAs !== undefined && post.scheduledAt === known.storedAs;
  return isStored ? { ...post, scheduledAt: known.scheduledAt } : post;
}

interface Subject {
  readonly post: HostPost;
  readonly known: KnownPost;
}

function heardIn({ type }: PostNews, post: HostPost): Heard {
  const { scheduledAt, isGone } = post;
  return { type, at: timeOf(type, post), scheduledAt, isGone };
}

// The news without the channels of which something newer is known; nothing when that is all of them.
function freshNews(news: PostNews, { post, known }: Subject): PostNews | undefined {
  const heard = heardIn(news, post);
  if (news.channels.length === 0) {
    const all = Object.keys(known.heard);
    const isOver = all.length > 0 && all.every((id) => isLate(heard, heardOf(known, id)));
    return isOver ? undefined : news;
  }
  const channels = news.channels.filter(({ id }) => !isLate(heard, heardOf(known, id)));
  return channels.length > 0 ? { ...news, channels } : undefined;
}

function timeOf(type: PostNews['type'], post: HostPost): string | undefined {
  return type === 'published' ? (post.publishedAt ?? post.at) : post.at;
}

function eventsOf(
  news: PostNews,
  { post, known, telling }: Subject & { readonly telling: Telling },
): HookEvent[] {
  const { clientWorkspaceId } = known;
  const base = {
    clientWorkspaceId,
    postId: post.postId,
    ...named('occurrence', post.occurrence),
    ...named('scheduledAt', post.scheduledAt),
    ...named('at', timeOf(news.type, post)),
    ...(news.channels.length > 0 && {
      channels: news.channels.map((channel) => channelBody(channel, telling.platforms)),
    }),
  };
  switch (news.type) {
    case 'drafted':
      return [{ type: 'postUpdated', status: 'draft', observed: true, ...base }];
    case 'scheduled':
      return [
        {
          type: 'postCreated',
          status: 'scheduled',
          observed: true,
          ...timeless(post, known, telling.now),
          ...base,
        },
      ];
    case 'published':
      return [...movedFirst({ post, known, base }), { type: 'postPublished', ...base }];
    case 'failed':
      return [{ type: 'postFailed', final: post.isFinal ?? false, ...base }];
    case 'deleted':
      return [{ type: 'postDeleted', ...base }];
  }
}

// A host that names no time means now, unless a time is known already.
function timeless(
  { scheduledAt, at }: HostPost,
  known: KnownPost,
  now: number,
): { readonly scheduledAt?: string } {
  if (scheduledAt !== undefined || known.scheduledAt !== undefined) return {};
  return { scheduledAt: at ?? new Date(now).toISOString() };
}

// The event that moved it is still on its way: the publish says where the post stood.
function movedFirst({
  post,
  known,
  base,
}: Subject & {
  readonly base: Omit<Extract<HookEvent, { type: 'postPublished' }>, 'type'>;
}): HookEvent[] {
  const isMoved =
    known.scheduledAt !== undefined &&
    post.scheduledAt !== undefined &&
    known.scheduledAt !== post.scheduledAt &&
    Object.values(known.heard).every(({ type }) => type === 'scheduled');
  if (!isMoved) return [];
  // Naming no channels, it keeps those that it has.
  const { channels: _, ...whole } = base;
  return [{ type: 'postUpdated', status: 'scheduled', observed: true, ...whole }];
}

function attachEvents(
  post: HostPost,
  of: { readonly known: KnownPost; readonly telling: Telling },
): HookEvent[] {
  const { clientWorkspaceId } = of.known;
  const { reservationId, postId, channels } = post;
  if (reservationId === undefined || clientWorkspaceId === null) return [];
  const ids = channels.map((channel) => channelBody(channel, of.telling.platforms).id);
  const posts = (ids.length > 0 ? ids : [postId]).map((channelId) => ({ channelId, postId }));
  return [{ type: 'attach', clientWorkspaceId, reservationId, posts }];
}

function channelBody(channel: HostChannel, platforms: PlatformReading): ChannelBody {
  const { id, url, externalId } = channel;
  const platform = tierPlatform(channel.platform, platforms);
  // A host that knows the network alone names it as id: so it must be the name that holds go by.
  const ownId = id === channel.platform ? platform : id;
  return { id: ownId, platform, ...named('url', url), ...named('externalId', externalId) };
}

function named<TName extends string>(
  name: TName,
  value: string | undefined,
): { readonly [TKey in TName]?: string } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one field of that name, or none
  return (value === undefined ? {} : { [name]: value }) as { readonly [TKey in TName]?: string };
}
