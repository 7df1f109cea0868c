import type { ChannelBody, HookEvent } from '../calls/hook-bodies.ts';
import type { Memory } from './state/memory.ts';
import type { PostRecord } from './state/records.ts';

/** When a post goes out: at a time, or as soon as Postiz has it. */
export interface When {
  readonly at: number;
  readonly isNow: boolean;
  readonly everyDays: number | undefined;
}

/** A post with a client: nobody else's is told to Retainer. */
export type ClientPost = PostRecord & { readonly clientId: string };

/** Whether a post is some client's. */
export function hasClient(post: PostRecord): post is ClientPost {
  return post.clientId !== null;
}

/** An instant for the wire. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** The one channel of a post. */
export function channelOf(post: Pick<PostRecord, 'channelId' | 'platform'>): ChannelBody {
  return { id: post.channelId, platform: post.platform };
}

/** The part of a body that says when. */
export function timeOf({ at, isNow, everyDays }: When): {
  readonly scheduledAt?: string;
  readonly publishNow?: true;
  readonly recurrence?: { readonly everyDays: number };
} {
  return {
    ...(isNow ? { publishNow: true } : { scheduledAt: iso(at) }),
    ...(everyDays !== undefined && { recurrence: { everyDays } }),
  };
}

/** Asks for another time (or a first one, of a draft) for a post that exists, and names the hold it will have. */
export interface MoveAsk {
  readonly events: readonly HookEvent[];
  readonly waiting: readonly string[];
}

/**
 * Asks for a post's time anew. A post that shares its hold with the other channels of its content leaves that hold
 * first: they may stay where they are.
 */
export function askMove(memory: Memory, post: ClientPost, when: When): MoveAsk {
  const { clientId: clientWorkspaceId, postId } = post;
  const told = {
    type: 'postUpdated',
    clientWorkspaceId,
    postId,
    status: 'scheduled',
    channels: [channelOf(post)],
    ...timeOf(when),
  } as const;
  const [name] = post.waiting;
  if (name !== undefined && post.everyDays === undefined) {
    return { events: [{ ...told, occurrence: name }], waiting: post.waiting };
  }
  if (!sharesHold(memory, post)) return { events: [told], waiting: [] };
  const occurrence = `alone:${postId}`;
  const leave = {
    type: 'postDeleted',
    clientWorkspaceId,
    postId,
    ...(post.everyDays === undefined && { occurrence: '0' }),
  } as const;
  const { recurrence: _all, ...once } = told;
  return { events: [leave, { ...once, occurrence }], waiting: [occurrence] };
}

/** What one more run of a counted post is known by: another one for the same time has another name. */
export function againName({ postId, counted }: PostRecord, at: number): string {
  return `again:${iso(at)}:${postId}:${counted.length}`;
}

/** Asks for one more run of a post that was counted. */
export function askAgain(post: ClientPost, when: When): MoveAsk {
  const occurrence = againName(post, when.at);
  const { clientId: clientWorkspaceId, postId } = post;
  const told = { type: 'postUpdated', clientWorkspaceId, postId, status: 'scheduled' } as const;
  const channels = [channelOf(post)];
  return {
    events: [{ ...told, occurrence, channels, ...timeOf({ ...when, everyDays: undefined }) }],
    waiting: [occurrence],
  };
}

/** What undoing an ask tells, and what is known of the post then. */
export interface Undone {
  readonly events: readonly HookEvent[];
  readonly record: ClientPost;
}

/** Takes back what an ask moved, or may have moved, after Postiz did not: the post is where it was. */
export function undoMove(post: ClientPost, asked: MoveAsk): Undone {
  const events = eventsBack(post, asked);
  // A post that has left the hold of its content does not return to it: it waits by itself, at its old time.
  return { events, record: post.told === 'scheduled' ? { ...post, waiting: asked.waiting } : post };
}

function eventsBack(post: ClientPost, asked: MoveAsk): HookEvent[] {
  const { clientId: clientWorkspaceId, postId } = post;
  const about = { clientWorkspaceId, postId };
  if (post.told === 'draft') return [{ type: 'postUpdated', ...about, status: 'draft' }];
  const [occurrence] = asked.waiting;
  if (post.told !== 'scheduled') {
    return [{ type: 'postDeleted', ...about, ...(occurrence !== undefined && { occurrence }) }];
  }
  const back: HookEvent = {
    type: 'postUpdated',
    ...about,
    status: 'scheduled',
    observed: true,
    channels: [channelOf(post)],
    ...(occurrence !== undefined && { occurrence }),
    ...timeOf({ at: post.scheduledAt, isNow: false, everyDays: post.everyDays }),
  };
  return [...asked.events.filter(({ type }) => type === 'postDeleted'), back];
}

/** Whether other posts belong to the same hold: it was one content for several channels. */
function sharesHold(memory: Memory, post: PostRecord): boolean {
  if (post.reservationId === undefined || post.waiting.length > 0) return false;
  for (const other of memory.posts.all()) {
    if (other.reservationId === post.reservationId && other.postId !== post.postId) return true;
  }
  return false;
}
