import type { PostState } from './host-post.ts';

const WORDS: Readonly<Record<PostState, readonly string[]>> = {
  draft: [
    'draft',
    'drafted',
    'idea',
    'unscheduled',
    'needs_approval',
    'pending_approval',
    'awaiting_approval',
    'expired_approval',
    'pending_review',
    'pending_client',
    'in_review',
    'changes_requested',
    'rejected',
    'on_hold',
    'paused',
  ],
  scheduled: ['scheduled', 'queue', 'queued', 'pending', 'rescheduled', 'approved', 'planned'],
  publishing: ['publishing', 'sending', 'processing', 'submitted', 'in_progress', 'uploading'],
  published: ['published', 'posted', 'sent', 'success', 'succeeded', 'live', 'completed', 'done'],
  partial: ['partial', 'partially_published', 'partial_success', 'partially_failed'],
  failed: [
    'failed',
    'error',
    'errored',
    'failure',
    'publishing_failed',
    'publish_failed',
    'send_failed_permanently',
  ],
  deleted: ['deleted', 'cancelled', 'canceled', 'removed', 'trash', 'trashed', 'archived'],
};

const ALL_WORDS: readonly (readonly [PostState, readonly string[]])[] = [
  ['draft', WORDS.draft],
  ['scheduled', WORDS.scheduled],
  ['publishing', WORDS.publishing],
  ['published', WORDS.published],
  ['partial', WORDS.partial],
  ['failed', WORDS.failed],
  ['deleted', WORDS.deleted],
];

const stateByWord: ReadonlyMap<string, PostState> = new Map(
  ALL_WORDS.flatMap(([state, words]) => words.map((word): [string, PostState] => [word, state])),
);

/** The state that a host's word for it means, whatever its case and separators; undefined for one nobody knows. */
export function stateOfWord(
  word: string | undefined,
  own: Readonly<Record<string, PostState>> = {},
): PostState | undefined {
  if (word === undefined) return undefined;
  const name = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.:-]+/gu, '_');
  return Object.hasOwn(own, name) ? own[name] : stateByWord.get(name);
}

const SENT_NOUNS = /^(?:social_)?(?:post|posts|message|publication|content|update|schedule)s?$/u;

/** The state that the name of an event says (`post.published`, `SOCIAL_POST_FAILED`, `message.sent`). */
export function stateOfEvent(name: string): PostState | 'told' | undefined {
  const words = name
    .trim()
    .replaceAll(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .split(/[\s._:/-]+/u)
    .filter((word) => word !== '');
  const noun = words.findIndex((word) => SENT_NOUNS.test(word));
  if (noun === -1) return words.length === 1 ? stateByWord.get(words[0] ?? '') : undefined;
  const verb = words.slice(noun + 1).join('_');
  if (TOLD.has(verb)) return 'told';
  return VERBS.get(verb) ?? stateByWord.get(verb) ?? VERBS.get(words.at(-1) ?? '');
}

// Told again, in a state that the body names.
const TOLD: ReadonlySet<string> = new Set(['created', 'updated', 'edited', 'changed', 'restored']);
const VERBS: ReadonlyMap<string, PostState> = new Map([
  ['publish_success', 'published'],
  ['publish', 'published'],
  ['publish_error', 'failed'],
  ['publish_failure', 'failed'],
  ['partial_publish', 'partial'],
  ['delete', 'deleted'],
  ['failed', 'failed'],
]);
