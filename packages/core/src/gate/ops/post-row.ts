import type { Instant } from '@retainer/domain';

import type { PostRow } from '../client-state.ts';

/** What may be said of a post again and again; undefined says nothing. */
export interface Said {
  readonly scheduledAt?: Instant | undefined;
  readonly everyDays?: number | undefined;
  readonly channels?: PostRow['channels'] | undefined;
  readonly contentType?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly minutesSpent?: number | undefined;
  readonly mediaIds?: readonly string[] | undefined;
}

/** A post of which nothing was said yet. */
export function newPost(postId: string, at: Instant): PostRow {
  return {
    postId,
    seriesId: undefined,
    state: 'scheduled',
    // No event of the host has told of it yet, so none can be older.
    eventAt: -Infinity,
    scheduledAt: undefined,
    everyDays: undefined,
    channels: [],
    contentType: undefined,
    campaignId: undefined,
    minutesSpent: undefined,
    mediaIds: [],
    flags: [],
    createdAt: at,
  };
}

/** A post with what was said now over what was said before. */
export function withSaid(post: PostRow, said: Said): PostRow {
  return {
    ...post,
    scheduledAt: said.scheduledAt ?? post.scheduledAt,
    everyDays: said.everyDays ?? post.everyDays,
    channels: said.channels ?? post.channels,
    contentType: said.contentType ?? post.contentType,
    campaignId: said.campaignId ?? post.campaignId,
    minutesSpent: said.minutesSpent ?? post.minutesSpent,
    mediaIds: said.mediaIds ?? post.mediaIds,
  };
}
