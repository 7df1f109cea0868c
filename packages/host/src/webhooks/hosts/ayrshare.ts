import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import {
  parsed,
  type Delivery,
  type HostChannel,
  type HostPost,
  type ParsedWebhook,
  type PostState,
} from '../host-post.ts';
import { firstInstant } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { eventName } from './generic.ts';
import { distinct, urlOf } from './post-fields.ts';

/** Actions that are about other things than posts. */
const OTHERS: ReadonlySet<string> = new Set([
  'social',
  'messages',
  'feed',
  'comments',
  'batch',
  'validate',
]);

/**
 * Ayrshare: a scheduled post is told of when it was tried, an immediate one never (its reply is all there is). The
 * client is the profile, `refId`. TikTok is told twice under one id: when it was sent, and once it is live.
 */
export const ayrshareHost: WebhookHost = {
  name: 'ayrshare',
  schemes: [
    {
      type: 'body',
      headers: ['x-authorization-content-sha256', 'x-authorization-content-sha256-v2'],
    },
  ],
  isThin: false,
  okStatus: 200,
  parse: parseAyrshare,
};

function parseAyrshare({ body }: Delivery): ParsedWebhook {
  const name = eventName(body, 'action');
  if (OTHERS.has(name)) return parsed({});
  const post = readAyrsharePost(body);
  if (name !== 'scheduled' || post === undefined) return parsed({ unknown: [name] });
  return parsed({
    posts: [
      {
        ...post,
        account: idOf(body, 'refId'),
        eventId: idOf(body, 'hookId'),
        at: firstInstant(body, ['created']),
      },
    ],
  });
}

/** A post as Ayrshare's events and replies have it; undefined without an id. */
export function readAyrsharePost(body: unknown): HostPost | undefined {
  const postId = idOf(body, 'id');
  if (postId === undefined) return undefined;
  const live = listOf(fieldOf(body, 'postIds')).map((item) => channelOfItem(item, 'published'));
  const failed = listOf(fieldOf(body, 'errors')).map((item) => channelOfItem(item, 'failed'));
  return {
    postId,
    state: stateOfStatus(textOf(body, 'status')),
    channels: distinct([...live, ...failed].flatMap((channel) => channel ?? [])),
    scheduledAt: firstInstant(body, ['scheduleDate']),
    // An error may be tried again, by hand or by Ayrshare.
    isFinal: false,
  };
}

const OWN: Readonly<Record<string, PostState>> = { awaiting_approval: 'draft' };

function stateOfStatus(status: string | undefined): PostState {
  return stateOfWord(status, OWN) ?? 'scheduled';
}

// A profile has one account a network, so the network is the channel. "pending" is TikTok's word for its own queue.
function channelOfItem(item: unknown, state: PostState): HostChannel | undefined {
  const platform = textOf(item, 'platform');
  if (platform === undefined) return undefined;
  const id = idOf(item, 'id');
  return {
    id: platform,
    platform,
    state: stateOfWord(textOf(item, 'status')) ?? state,
    url: urlOf(textOf(item, 'postUrl')),
    externalId: id === 'pending' ? undefined : id,
  };
}
