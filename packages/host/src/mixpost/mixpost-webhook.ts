import { fieldOf, idOf, listOf } from '../json.ts';
import {
  parsed,
  type Delivery,
  type HostPost,
  type ParsedWebhook,
  type PostState,
} from '../webhooks/host-post.ts';
import { eventName } from '../webhooks/hosts/generic.ts';
import type { WebhookHost } from '../webhooks/webhook-host.ts';
import { readMixpostPost } from './mixpost-post.ts';

/** What an event says, where the post's own status does not. */
const STATES: Readonly<Record<string, PostState | 'told'>> = {
  'post.created': 'told',
  'post.updated': 'told',
  'post.scheduled': 'scheduled',
  'post.published': 'published',
  'post.publishing_failed': 'failed',
};

/**
 * Mixpost Pro and Enterprise: a post with all its accounts. The signature is there only if the webhook has a secret,
 * and nothing names the workspace, so each workspace has an address of its own.
 */
export const mixpostHost: WebhookHost = {
  name: 'mixpost',
  schemes: [{ type: 'body', headers: ['x-signature'] }],
  isThin: false,
  okStatus: 200,
  parse: parseMixpost,
};

function parseMixpost({ body }: Delivery): ParsedWebhook {
  const name = eventName(body, 'event');
  const content = fieldOf(body, 'data');
  if (name === 'post.deleted') return parsed({ posts: deletedPosts(content) });
  if (name.startsWith('account.')) return accountEvent(name, content);
  const said = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  const post = said === undefined ? undefined : toldPost(said, content);
  return post === undefined ? parsed({ unknown: [name] }) : parsed({ posts: [post] });
}

function toldPost(said: PostState | 'told', content: unknown): HostPost | undefined {
  const named = said === 'told' || said === 'scheduled' ? undefined : said;
  if (named === undefined || !isObject(content)) return readMixpostPost(content);
  // What became of it stays true, wherever the post went while the event waited to be sent.
  return readMixpostPost({ ...content, status: named, trashed: false });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// Ids and nothing else: `deleted` for good, or `to_trash`, from which a post may come back.
function deletedPosts(content: unknown): HostPost[] {
  const isGone = fieldOf(content, 'to_trash') !== true;
  const ids = listOf(fieldOf(content, 'uuids')).flatMap((item) => idOf(item) ?? []);
  const one = idOf(content, 'uuid');
  return [...new Set(one === undefined ? ids : [...ids, one])].map((postId) => ({
    postId,
    state: 'deleted',
    channels: [],
    isGone,
  }));
}

const ACCOUNT_EVENTS: ReadonlySet<string> = new Set([
  'account.added',
  'account.updated',
  'account.deleted',
]);

function accountEvent(name: string, content: unknown): ParsedWebhook {
  if (!ACCOUNT_EVENTS.has(name)) return parsed({ unknown: [name] });
  const channelId = idOf(content, 'id') ?? idOf(content, 'uuid');
  if (name === 'account.deleted')
    return parsed({ notes: [{ flag: 'channel_removed', channelId }] });
  const isOff = fieldOf(content, 'authorized') === false;
  return parsed({ notes: isOff ? [{ flag: 'channel_disabled', channelId }] : [] });
}
