import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import { parsed, type HostChannel, type HostPost, type PostState } from '../host-post.ts';
import { firstInstant } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { distinct } from './post-fields.ts';

const OWN: Readonly<Record<string, PostState>> = {
  // Approved is not scheduled: nobody has set its time.
  approved: 'draft',
};

/**
 * BrightBean's word for a state as ours. Publishing that goes back to scheduled is another try of the same post, and
 * what is on hold waits for somebody: it holds nothing.
 */
export function brightbeanState(word: string | undefined): PostState | undefined {
  return stateOfWord(word, OWN);
}

/** A post as BrightBean's API has it: a state for each channel, and one derived from them. */
export function readBrightbeanPost(post: unknown): HostPost | undefined {
  const postId = idOf(post, 'id') ?? idOf(post, 'uuid');
  const state = brightbeanState(textOf(post, 'status'));
  if (postId === undefined || state === undefined) return undefined;
  const targets = listOf(fieldOf(post, 'platform_posts') ?? fieldOf(post, 'channels'));
  return {
    postId,
    state,
    channels: distinct(targets.flatMap((target) => channelOfTarget(target) ?? [])),
    account: idOf(post, 'workspace_id') ?? idOf(post, 'workspace', 'id'),
    scheduledAt: firstInstant(post, ['scheduled_at', 'scheduled_for', 'publish_at']),
    publishedAt: firstInstant(post, ['published_at']),
    at: firstInstant(post, ['updated_at']),
    isFinal: false,
  };
}

function channelOfTarget(target: unknown): HostChannel | undefined {
  const platform = textOf(target, 'platform') ?? textOf(target, 'social_account', 'platform');
  const id = idOf(target, 'social_account_id') ?? idOf(target, 'social_account', 'id') ?? platform;
  if (id === undefined || platform === undefined) return undefined;
  return { id, platform, state: brightbeanState(textOf(target, 'status')) };
}

/** BrightBean sends nothing about posts: what comes to its address says at most that something changed. */
export const brightbeanHost: WebhookHost = {
  name: 'brightbean',
  schemes: [],
  isThin: true,
  okStatus: 200,
  parse: () => parsed({ pollHint: true }),
};
