import type { Span } from './api/postiz-api.ts';
import type { PostizPost } from './api/postiz-rows.ts';
import type { Desk } from './desk.ts';

const DAY_MS = 86_400_000;

/** The widest span in which a post is looked for. */
export function widestSpan(now: number): Span {
  return { from: now - 45 * DAY_MS, to: now + 90 * DAY_MS };
}

/** Looks a post up in Postiz, which has no way to ask for one: the widest list is read. */
export async function findRow(desk: Desk, postId: string): Promise<PostizPost | undefined> {
  const rows = await desk.postiz.listPosts(widestSpan(desk.now()));
  return rows.find(({ id }) => id === postId);
}
