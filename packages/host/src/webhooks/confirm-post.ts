import type { KnownEndpoint, PostReader } from './endpoint.ts';
import type { HostPost } from './host-post.ts';
import { newsOf } from './post-news.ts';

/** A post that could not be read at its host now. */
export class UnreadPostError extends Error {
  override readonly name = 'UnreadPostError';

  constructor(postId: string, cause: unknown) {
    super(`The post ${postId} cannot be read at its host now.`, { cause });
  }
}

/** What a confirming read made of an event. */
export interface Confirmed {
  /** What may be told; nothing where the host knows of no such thing. */
  readonly post: HostPost | undefined;
  /** The event says published, and no read says so. */
  readonly isUnconfirmed: boolean;
}

/**
 * An event as far as it may be believed. A signed one that says all is taken as it is. A thin one is read at its host,
 * and so is an unsigned publish: anyone who learned the address could have sent it. A deletion is never read, because
 * there is nothing left.
 */
export async function confirmPost(
  endpoint: KnownEndpoint,
  post: HostPost,
  { isSigned, isKnown }: { readonly isSigned: boolean; readonly isKnown: boolean },
): Promise<Confirmed> {
  const { reader, known } = endpoint;
  const needsProof = saysPublished(post) && !isSigned;
  if (post.state === 'deleted') return { post, isUnconfirmed: false };
  if (reader === undefined)
    return { post: needsProof ? undefined : post, isUnconfirmed: needsProof };
  if (!needsProof && !known.isThin) return { post, isUnconfirmed: false };
  return weigh(post, await readWith(reader, post), isKnown);
}

async function readWith(reader: PostReader, post: HostPost): Promise<HostPost | 'gone'> {
  try {
    return await reader.readPost(post);
  } catch (cause) {
    throw new UnreadPostError(post.postId, cause);
  }
}

function weigh(post: HostPost, found: HostPost | 'gone', isKnown: boolean): Confirmed {
  const isClaimed = saysPublished(post);
  if (found !== 'gone') {
    return { post: merged(post, found), isUnconfirmed: isClaimed && !saysPublished(found) };
  }
  // Something that we know of is gone; of anything else nothing is known but that somebody said so.
  const gone: HostPost = { ...post, state: 'deleted', channels: [] };
  return { post: isKnown && !isClaimed ? gone : undefined, isUnconfirmed: isClaimed };
}

function saysPublished(post: HostPost): boolean {
  return newsOf(post).some(({ type }) => type === 'published');
}

// What the host says now, at the event's own time and under its id.
function merged(post: HostPost, found: HostPost): HostPost {
  return {
    ...found,
    channels: found.channels.length > 0 ? found.channels : post.channels,
    occurrence: post.occurrence ?? found.occurrence,
    scheduledAt: found.scheduledAt ?? post.scheduledAt,
    publishedAt: found.publishedAt ?? post.publishedAt,
    at: post.at ?? found.at,
    eventId: post.eventId,
    account: post.account ?? found.account,
    reservationId: post.reservationId ?? found.reservationId,
    isFinal: found.isFinal ?? post.isFinal,
  };
}
