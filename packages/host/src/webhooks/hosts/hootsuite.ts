import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import {
  parsed,
  type Delivery,
  type HostPost,
  type ParsedWebhook,
  type PostState,
} from '../host-post.ts';
import { instantOf } from '../read-fields.ts';
import { stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { eventName } from './generic.ts';

const MESSAGE = 'com.hootsuite.messages.event.v1';
const PING = 'com.hootsuite.ping.event.v1';

const OWN: Readonly<Record<string, PostState>> = {
  // Approved for a time that is set: it goes out then.
  approved: 'scheduled',
  rejected: 'draft',
};

/**
 * Hootsuite: lists of events that name ids and a state alone, in any order, mostly unsigned; so what they are about is
 * read. A ping must be answered with 200, or the address stays switched off.
 */
export const hootsuiteHost: WebhookHost = {
  name: 'hootsuite',
  schemes: [{ type: 'body', headers: ['x-hootsuite-signature'], algorithm: 'sha512' }],
  isThin: true,
  okStatus: 200,
  parse: parseHootsuite,
};

function parseHootsuite({ body }: Delivery): ParsedWebhook {
  const events = Array.isArray(body) ? listOf(body) : [body];
  const read = events.map(readEvent);
  return parsed({
    posts: read.flatMap((one) => (typeof one === 'object' ? [one] : [])),
    unknown: read.flatMap((one) => (typeof one === 'string' && one !== PING ? [one] : [])),
    notes: read.flatMap((one) => (one === PING ? [{ flag: 'test' as const }] : [])),
  });
}

// A post, or the name of an event that is none.
function readEvent(event: unknown): HostPost | string {
  const name = eventName(event, 'type');
  if (name !== MESSAGE) return name;
  const postId = idOf(event, 'data', 'message', 'id');
  const word = textOf(event, 'data', 'state');
  const state = stateOfWord(word, OWN);
  if (postId === undefined || state === undefined) return `${name} ${word ?? ''}`.trim();
  return {
    postId,
    state,
    channels: [],
    account: idOf(event, 'data', 'organization', 'id'),
    eventId: idOf(event, 'seq_no'),
    at: instantOf(fieldOf(event, 'data', 'timestamp')),
    isFinal: word === 'SEND_FAILED_PERMANENTLY',
    isGone: state === 'deleted',
  };
}

/** A message as `GET /v1/messages/{id}` has it. */
export function readHootsuiteMessage(reply: unknown): HostPost | undefined {
  const data = fieldOf(reply, 'data');
  const message: unknown = Array.isArray(data) ? data[0] : data;
  const postId = idOf(message, 'id');
  const state = stateOfWord(textOf(message, 'state'), OWN);
  if (postId === undefined || state === undefined) return undefined;
  const profile = idOf(message, 'socialProfile', 'id');
  const platform = textOf(message, 'socialProfile', 'type') ?? 'unnamed';
  return {
    postId,
    state,
    channels: profile === undefined ? [] : [{ id: profile, platform }],
    scheduledAt: instantOf(fieldOf(message, 'scheduledSendTime')),
    isFinal: textOf(message, 'state') === 'SEND_FAILED_PERMANENTLY',
  };
}
