import { fieldOf, idOf } from '../../json.ts';
import { parsed, type Delivery, type ParsedWebhook } from '../host-post.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { eventName, readGenericEvent } from './generic.ts';

/**
 * bundle.social: `post.published` also says that a post failed for good, so the status in the body decides. The client
 * is the team.
 */
export const bundleSocialHost: WebhookHost = {
  name: 'bundle.social',
  schemes: [{ type: 'body', headers: ['x-signature'] }],
  isThin: false,
  okStatus: 200,
  parse: parseBundleSocial,
};

function parseBundleSocial({ body, headers }: Delivery): ParsedWebhook {
  const name = eventName(body, 'type');
  // Comments and teams are known, and no posts.
  if (name.startsWith('comment.') || name.startsWith('team.')) return parsed({});
  const read = readGenericEvent(body, headers);
  const account = idOf(fieldOf(body, 'data'), 'teamId');
  return {
    ...read,
    posts: read.posts.map((post) => ({ ...post, account: account ?? post.account })),
  };
}
