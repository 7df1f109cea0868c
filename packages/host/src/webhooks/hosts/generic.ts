import { fieldOf, idOf, listOf, textOf } from '../../json.ts';
import {
  parsed,
  type Delivery,
  type HostPost,
  type ParsedWebhook,
  type PostState,
} from '../host-post.ts';
import { firstText } from '../read-fields.ts';
import { COMMON_SCHEMES } from '../signatures/judge-signature.ts';
import { stateOfEvent, stateOfWord } from '../states.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { channelsOf, eventIdOf, eventTime, ownerOf, postFields } from './post-fields.ts';

const EVENT_NAMES = [
  'event',
  'type',
  'event_type',
  'eventType',
  'eventName',
  'event_name',
  'action',
  'topic',
];
const EVENT_HEADERS = ['x-event', 'x-event-type', 'x-event-name', 'x-webhook-event'];
const CONTENTS = ['data', 'post', 'payload', 'object', 'resource', 'message'];
const TESTS = /(?:^|[._-])(?:test|ping|verification|verify)(?:$|[._-])/iu;

/**
 * A host of which we know nothing but that it tells what became of posts: `post.scheduled | published | failed |
 * partial | deleted` and their common synonyms, in any of the envelopes in use, one event or a list.
 */
export const genericHost: WebhookHost = {
  name: 'generic',
  schemes: COMMON_SCHEMES,
  isThin: false,
  okStatus: 200,
  parse: parseGeneric,
};

function parseGeneric({ body, headers }: Delivery): ParsedWebhook {
  const envelopes = Array.isArray(body) ? listOf(body) : [body];
  // A header names one event; in a list it says nothing.
  const named = envelopes.length === 1 ? headers : {};
  const read = envelopes.map((envelope) => readGenericEvent(envelope, named));
  return parsed({
    posts: read.flatMap(({ posts }) => posts),
    unknown: read.flatMap(({ unknown }) => unknown),
    notes: read.flatMap(({ notes }) => notes),
  });
}

/** Reads one event of a host that keeps to the common shape. */
export function readGenericEvent(
  envelope: unknown,
  headers: Readonly<Record<string, string>>,
): ParsedWebhook {
  const names = namesOf(envelope, headers);
  const name = names.find((one) => stateOfEvent(one) !== undefined) ?? names[0] ?? '(unnamed)';
  const said = stateOfEvent(name);
  if (said === undefined) {
    return TESTS.test(name) ? parsed({ notes: [{ flag: 'test' }] }) : parsed({ unknown: [name] });
  }
  const content = contentOf(envelope);
  const state = stateSaid(said, content);
  const post = state && readContent({ content, envelope, headers }, state);
  // It speaks of a post and says too little of it to act on.
  return post === undefined ? parsed({ unknown: [name] }) : parsed({ posts: [post] });
}

interface GenericEvent {
  readonly content: unknown;
  readonly envelope: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

function readContent(
  { content, envelope, headers }: GenericEvent,
  state: PostState,
): HostPost | undefined {
  const fields = postFields(content);
  if (fields === undefined) return undefined;
  const ownId = content === envelope ? undefined : idOf(envelope, 'id');
  return {
    ...fields,
    state,
    channels: channelsOf(content),
    account: fields.account ?? ownerOf(envelope) ?? headers['x-workspace-id'],
    at: eventTime(envelope) ?? eventTime({ timestamp: headers['webhook-timestamp'] }),
    eventId: eventIdOf(headers, envelope) ?? ownId,
    isGone: state === 'deleted',
    isFinal: !saysRetry(content) && !saysRetry(envelope),
  };
}

function namesOf(envelope: unknown, headers: Readonly<Record<string, string>>): string[] {
  const told = EVENT_NAMES.flatMap((field) => textOf(envelope, field) ?? []);
  return [...told, ...EVENT_HEADERS.flatMap((header) => headers[header] ?? [])];
}

// The post itself, at most two envelopes deep.
function contentOf(envelope: unknown): unknown {
  const inner = CONTENTS.map((name) => fieldOf(envelope, name)).find(isObject);
  if (inner === undefined) return envelope;
  const post = fieldOf(inner, 'post');
  return isObject(post) ? post : inner;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const OUTCOMES: ReadonlySet<PostState> = new Set(['published', 'partial', 'failed', 'deleted']);

/**
 * The body's state stands where it says an outcome: a host may send `post.published` when it gave up, or deliver an old
 * event with the latest status. A deletion is one whatever the post was.
 */
function stateSaid(event: PostState | 'told', content: unknown): PostState | undefined {
  const state = stateOfWord(firstText(content, ['status', 'state']));
  if (event === 'told') return state;
  if (event === 'deleted' || state === undefined || !OUTCOMES.has(state)) return event;
  return state;
}

function saysRetry(value: unknown): boolean {
  const words = ['willRetry', 'will_retry', 'retrying', 'retryable'];
  return words.some((name) => fieldOf(value, name) === true) || fieldOf(value, 'final') === false;
}

/** The text of a field that names an event, for hosts with one of their own. */
export function eventName(envelope: unknown, field: string): string {
  return textOf(envelope, field) ?? '(unnamed)';
}
