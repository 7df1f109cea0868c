import { fieldOf, idOf, textOf } from '../../json.ts';
import {
  parsed,
  type Delivery,
  type HostChannel,
  type ParsedWebhook,
  type PostState,
} from '../host-post.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { eventName } from './generic.ts';
import { channelsOf, eventTime, placeOf, postFields } from './post-fields.ts';

const STATES: Readonly<Record<string, PostState>> = {
  'post.scheduled': 'scheduled',
  'post.published': 'published',
  'post.failed': 'failed',
  'post.partial': 'partial',
  'post.cancelled': 'deleted',
  // Made again as a new post with an id of its own.
  'post.recycled': 'scheduled',
};

/**
 * Zernio, formerly Late: one event a post, and one a channel (`post.platform.*`) as soon as it is known. Events carry a
 * stable id, and `metadata` as it was given, so a hold's id comes back with them.
 */
export const zernioHost: WebhookHost = {
  name: 'zernio',
  schemes: [{ type: 'body', headers: ['x-zernio-signature', 'x-late-signature'] }],
  isThin: false,
  okStatus: 200,
  parse: parseZernio,
};

function parseZernio({ body, headers }: Delivery): ParsedWebhook {
  const name = eventName(body, 'event');
  if (name === 'webhook.test') return parsed({ notes: [{ flag: 'test' }] });
  if (name.startsWith('account.')) return accountNote(name, body);
  const fields = postFields(fieldOf(body, 'post'));
  const told = toldBy(name, body);
  if (told === undefined || fields === undefined) return parsed({ unknown: [name] });
  const eventId = idOf(body, 'id') ?? headers['x-zernio-event-id'];
  return parsed({ posts: [{ ...fields, ...told, eventId, at: eventTime(body), isFinal: true }] });
}

function toldBy(
  name: string,
  body: unknown,
): { readonly state: PostState; readonly channels: readonly HostChannel[] } | undefined {
  const post = fieldOf(body, 'post');
  if (name.startsWith('post.platform.')) {
    const channel = platformOf(body);
    const state = stateOfWord(name.slice('post.platform.'.length));
    return channel && state ? { state, channels: [{ ...channel, state }] } : undefined;
  }
  const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  return state && { state, channels: channelsOf(post) };
}

// The one channel that `post.platform.*` is about: the network and the account stand apart.
function platformOf(body: unknown): HostChannel | undefined {
  const platform = textOf(body, 'platform', 'name') ?? textOf(body, 'account', 'platform');
  if (platform === undefined) return undefined;
  const id = idOf(body, 'account', 'accountId') ?? idOf(body, 'platform', 'accountId') ?? platform;
  return { id, platform, ...placeOf(fieldOf(body, 'platform')) };
}

function accountNote(name: string, body: unknown): ParsedWebhook {
  const isGone = name === 'account.disconnected';
  const channelId = idOf(body, 'account', 'accountId') ?? idOf(body, 'account', 'id');
  return parsed({ notes: isGone ? [{ flag: 'channel_disabled', channelId }] : [] });
}
