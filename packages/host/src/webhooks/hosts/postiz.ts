import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import { parsed, type Delivery, type HostPost, type ParsedWebhook } from '../host-post.ts';
import { instantOf } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { urlOf } from './post-fields.ts';

/**
 * Postiz: a list of posts, empty at every delivery of today's versions, unsigned, sent once. So it is a call to poll and
 * never a record; it is answered with 204 whatever it holds.
 */
export const postizHost: WebhookHost = {
  name: 'postiz',
  schemes: [],
  isThin: true,
  okStatus: 204,
  parse: parsePostiz,
};

function parsePostiz({ body }: Delivery): ParsedWebhook {
  return parsed({ posts: listOf(body).flatMap((item) => readItem(item) ?? []), pollHint: true });
}

function readItem(item: unknown): HostPost | undefined {
  const postId = idOf(item, 'id');
  const channelId = idOf(item, 'integration', 'id');
  if (postId === undefined || channelId === undefined) return undefined;
  const url = urlOf(textOf(item, 'releaseURL'));
  const platform = textOf(item, 'integration', 'providerIdentifier') ?? 'unnamed';
  return {
    postId,
    state: stateOfWord(textOf(item, 'state')) ?? 'scheduled',
    channels: [{ id: channelId, platform, url }],
    scheduledAt: instantOf(fieldOf(item, 'publishDate')),
  };
}
