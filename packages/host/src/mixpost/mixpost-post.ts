import { fieldOf, idOf, listOf, textOf } from '../json.ts';
import type { HostChannel, HostPost, PostState } from '../webhooks/host-post.ts';
import { urlOf } from '../webhooks/hosts/post-fields.ts';
import { instantOf } from '../webhooks/read-fields.ts';
import { stateOfWord } from '../webhooks/states.ts';

/** What Mixpost keeps a status as. */
const BY_NUMBER: readonly PostState[] = ['draft', 'scheduled', 'published', 'failed'];

/** A post as Mixpost's API and webhooks have it; its times are UTC without saying so. Undefined without a uuid. */
export function readMixpostPost(post: unknown): HostPost | undefined {
  const postId = textOf(post, 'uuid') ?? idOf(post, 'id');
  const state = mixpostState(post);
  if (postId === undefined || state === undefined) return undefined;
  return {
    postId,
    state,
    channels: listOf(fieldOf(post, 'accounts')).flatMap((item) => readAccount(item, state) ?? []),
    account: textOf(post, 'workspace_uuid'),
    scheduledAt: instantOf(fieldOf(post, 'scheduled_at')),
    publishedAt: instantOf(fieldOf(post, 'published_at')),
    isFinal: true,
  };
}

function mixpostState(post: unknown): PostState | undefined {
  const status = fieldOf(post, 'status');
  const state =
    typeof status === 'number' ? BY_NUMBER[status] : stateOfWord(textOf(post, 'status'));
  // What went out before it was thrown away went out.
  const isOut = state === 'published' || state === 'failed';
  return fieldOf(post, 'trashed') === true && !isOut ? 'deleted' : state;
}

/**
 * An account of a post. Mixpost fails a post whole when one account of it failed, so the account says whether it is
 * live: by the network's id of the post, or by the address made from it.
 */
function readAccount(account: unknown, post: PostState): HostChannel | undefined {
  const id = idOf(account, 'id') ?? idOf(account, 'uuid');
  if (id === undefined) return undefined;
  const externalId =
    idOf(account, 'provider_post_id') ?? idOf(account, 'pivot', 'provider_post_id');
  // A network whose addresses Mixpost cannot make has "#" here, once it is live.
  const address = textOf(account, 'external_url');
  const isLive = externalId !== undefined || address !== undefined;
  return {
    id,
    platform: textOf(account, 'provider') ?? 'unnamed',
    state: accountState(post, { isLive, hasErrors: errorsOf(account).length > 0 }),
    url: urlOf(address),
    externalId,
  };
}

function accountState(
  post: PostState,
  { isLive, hasErrors }: { readonly isLive: boolean; readonly hasErrors: boolean },
): PostState {
  if (post !== 'published' && post !== 'failed') return post;
  if (isLive) return 'published';
  return hasErrors ? 'failed' : post;
}

function errorsOf(account: unknown): readonly unknown[] {
  const own = listOf(fieldOf(account, 'errors'));
  return own.length > 0 ? own : listOf(fieldOf(account, 'pivot', 'errors'));
}
