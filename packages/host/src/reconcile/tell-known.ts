import type { HookOutcome } from '../calls/hook-answers.ts';
import type { EventMessage } from '../hooks/message.ts';
import type { ListedPost, ReconcileException } from './reconciliation.ts';

/** When a reconciliation began, and for which agency. */
export interface Telling {
  readonly agencyWorkspaceId: string | undefined;
  /** Whatever a host does after this instant is newer than what it listed. */
  readonly startedAt: string;
}

/** Past this a post that the host still has as scheduled keeps no hold: Retainer's own grace. */
const GRACE_MS = 72 * 3_600_000;

/** What a post's state says again; telling it twice changes nothing. Nothing for what holds and counts nothing. */
export function messageOf(post: ListedPost, telling: Telling): EventMessage | undefined {
  const { postId, clientWorkspaceId, occurrence, channels, platforms, scheduledAt } = post;
  const { agencyWorkspaceId, startedAt: at } = telling;
  const whose = {
    clientWorkspaceId,
    ...(agencyWorkspaceId !== undefined && { agencyWorkspaceId }),
  };
  const which = { ...whose, postId, ...(occurrence !== undefined && { occurrence }) };
  const where = { ...(channels ? { channels } : platforms && { platforms }) };
  switch (post.state) {
    case 'published': {
      const published = post.publishedAt === undefined ? {} : { at: post.publishedAt };
      return { hook: 'postPublished', body: { ...which, ...where, scheduledAt, ...published } };
    }
    case 'scheduled': {
      if (new Date(scheduledAt).getTime() + GRACE_MS < Date.parse(at)) return undefined;
      const body = { ...which, ...where, scheduledAt, at, observed: true, status: post.state };
      return { hook: 'postUpdated', body };
    }
    case 'failed':
      // Without a time of its own: the host may still try again until two hours after the scheduled one.
      return { hook: 'postFailed', body: { ...which, ...where, scheduledAt } };
    case 'deleted':
      return { hook: 'postDeleted', body: { ...which, at } };
    case 'draft':
      return { hook: 'postUpdated', body: { ...which, at, observed: true, status: 'draft' } };
  }
}

/** What there is to say of a post once it was told again. */
export function exceptionsOf(
  post: ListedPost,
  outcome: HookOutcome,
): readonly ReconcileException[] {
  if (!outcome.ok) {
    const { code, detail } = outcome.error;
    const explanation = `Retainer does not take this post as it is (${code}): ${detail}`;
    return [exception(post, { code: 'refused', isSettled: false, explanation })];
  }
  if (post.clientWorkspaceId === null) {
    const explanation =
      'Its channel belongs to no client, so it counts for nobody. Assign the channel to a client.';
    return [exception(post, { code: 'unassigned', isSettled: false, explanation })];
  }
  const { answer } = outcome;
  if ('status' in answer) {
    return settledExceptions(post, answer);
  }
  return 'decision' in answer && post.state === 'scheduled' ? heldExceptions(post, answer) : [];
}

type Answer<TKey extends string> = Extract<
  Extract<HookOutcome, { readonly ok: true }>['answer'],
  Readonly<Record<TKey, unknown>>
>;

function settledExceptions(post: ListedPost, answer: Answer<'status'>): ReconcileException[] {
  const { window, flags, replayed } = answer;
  if (post.state !== 'published') {
    if (answer.status !== 'released' || replayed) return [];
    const explanation = `It was ${post.state} at the host, but its capacity was still held. It is given back now.`;
    return [exception(post, { code: 'was_still_held', window, explanation })];
  }
  const found: ReconcileException[] = [];
  if (!replayed) {
    const explanation = 'It was published, but Retainer had not heard of it. It is counted now.';
    found.push(exception(post, { code: 'was_not_counted', window, explanation }));
  }
  return [...found, ...flagged(post, { window, flags })];
}

function heldExceptions(post: ListedPost, { flags }: Answer<'decision'>): ReconcileException[] {
  if (!flags.includes('unchecked')) return [];
  const explanation =
    'It is scheduled, but no ask for it was answered: it was made past the gate, or while Retainer was away. It is held now.';
  return [exception(post, { code: 'was_not_held', explanation })];
}

interface Flagged {
  readonly window: ReconcileException['window'];
  readonly flags: readonly string[];
}

function flagged(post: ListedPost, { window, flags }: Flagged): ReconcileException[] {
  return FLAGS.filter(({ flag }) => flags.includes(flag)).map(({ code, explanation }) =>
    exception(post, { code, window, explanation }),
  );
}

const FLAGS = [
  {
    flag: 'unchecked',
    code: 'was_not_asked',
    explanation:
      'It went out with no live hold: the host did not ask, was denied, or asked while Retainer was away. It is counted.',
  },
  {
    flag: 'over_limit_unchecked',
    code: 'was_over_limit',
    explanation: 'It went out unasked and past the limit of its tier. It is counted.',
  },
  {
    flag: 'late',
    code: 'was_late',
    explanation:
      'It was reported after its hold had expired. It is counted in the week that held it.',
  },
] as const;

function exception(
  { clientWorkspaceId, postId }: ListedPost,
  more: Pick<ReconcileException, 'code' | 'explanation'> & Partial<ReconcileException>,
): ReconcileException {
  return { clientWorkspaceId, postId, window: null, isSettled: true, ...more };
}
