import { fieldOf, listOf } from '../json.ts';
import type { HostApi } from '../readers/host-api.ts';
import type { HostPost } from '../webhooks/host-post.ts';
import { readMixpostPost } from './mixpost-post.ts';

const PAGE = 100;
// 20,000 posts of one status.
const MOST_PAGES = 200;
const STATUSES = ['scheduled', 'published', 'failed', 'trash'] as const;

/**
 * Every post of a workspace that waits, went out, failed or is in the bin, page by page; the newest first, down to those
 * scheduled before `since`.
 */
export async function listMixpostPosts(api: HostApi, since: string): Promise<readonly HostPost[]> {
  const lists = [];
  for (const status of STATUSES) {
    // oxlint-disable-next-line no-await-in-loop -- a host's rate limit is not ours to spend at once
    lists.push(await listStatus(api, status, since));
  }
  return lists.flat();
}

async function listStatus(api: HostApi, status: string, since: string): Promise<HostPost[]> {
  const posts: HostPost[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the next page depends on this one
    const reply = await api.get(`/posts?status=${status}&limit=${PAGE}&page=${page}`);
    const items = listOf(fieldOf(reply, 'data') ?? reply);
    const found = items.flatMap((item) => readMixpostPost(item) ?? []);
    posts.push(...(status === 'trash' ? found.map(asBinned) : found));
    const isOld = found.some(({ scheduledAt }) => scheduledAt !== undefined && scheduledAt < since);
    if (items.length < PAGE || (isOld && status !== 'scheduled')) return posts;
  }
  return posts;
}

function asBinned(post: HostPost): HostPost {
  return post.state === 'scheduled' || post.state === 'draft'
    ? { ...post, state: 'deleted' }
    : post;
}
