import type { HostPost } from './host-post.ts';
import { postOfKey } from './post-key.ts';
import { heardOf, type Heard, type KnownPost } from './post-memory.ts';
import { newsOf } from './post-news.ts';

/** A post that waits at its host, as far as was heard. */
export interface WaitingPost {
  readonly postId: string;
  readonly occurrence: string;
  readonly scheduledAt: string | undefined;
}

/** Whether all that a post says was heard of it last, at the same scheduled time: reading it again tells nothing. */
export function isKnownState(post: HostPost, known: KnownPost | undefined): boolean {
  if (known === undefined || post.reservationId !== undefined) return false;
  const time = post.scheduledAt ?? known.scheduledAt;
  const isSameTime = time === known.scheduledAt || time === known.storedAs;
  return (
    isSameTime &&
    newsOf(post).every(({ type, channels }) => {
      const heard = channels.length > 0 ? channels.map(({ id }) => heardOf(known, id)) : all(known);
      return heard.length > 0 && heard.every((one) => one?.type === type);
    })
  );
}

function all({ heard }: KnownPost): Heard[] {
  return Object.values(heard);
}

/** The posts of which some channel waits. */
export function waitingAmong(posts: ReadonlyMap<string, KnownPost>): readonly WaitingPost[] {
  return [...posts].flatMap(([key, known]) =>
    all(known).some(({ type }) => type === 'scheduled')
      ? [{ ...postOfKey(key), scheduledAt: known.scheduledAt }]
      : [],
  );
}
