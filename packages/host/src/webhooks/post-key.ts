import { jsonOf, listOf } from '../json.ts';
import type { HostPost } from './host-post.ts';

/** The name under which a post of an endpoint is remembered. */
export function postKey(
  endpoint: { readonly key: string },
  { postId, occurrence = '0' }: Pick<HostPost, 'postId' | 'occurrence'>,
): string {
  return `${postKeyPrefix(endpoint)}${JSON.stringify([postId, occurrence])}`;
}

/** How the names of an endpoint's posts start. */
export function postKeyPrefix({ key }: { readonly key: string }): string {
  return `${key} `;
}

/** The post that a name stands for. */
export function postOfKey(key: string): { readonly postId: string; readonly occurrence: string } {
  const [postId, occurrence] = listOf(jsonOf(key.slice(key.indexOf(' ') + 1)));
  return { postId: String(postId), occurrence: String(occurrence) };
}
