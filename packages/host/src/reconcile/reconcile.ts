import type { HookOutcome } from '../calls/hook-answers.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { tellApart } from '../calls/tell-apart.ts';
import type { Transport } from '../calls/transport.ts';
import type { Drained } from '../hooks/courier.ts';
import { tellEvents } from '../hooks/delivery.ts';
import type { RefusedEntry } from '../outbox/outbox.ts';
import { readWindows, type CountedWindow } from './client-windows.ts';
import { compareWindow } from './compare-windows.ts';
import type {
  ListedPost,
  ListedPosts,
  ReconciledWindow,
  ReconcileException,
  Reconciliation,
} from './reconciliation.ts';
import { exceptionsOf, messageOf } from './tell-known.ts';

/** How a reconciliation reaches Retainer. */
export interface Reconciling {
  readonly calls: Pick<HookCalls, 'events'>;
  readonly send: Transport;
  readonly agencyWorkspaceId: string | undefined;
  readonly startedAt: string;
}

/** What became of the outbox before. */
export interface Before {
  readonly drained: Drained;
  readonly refused: readonly RefusedEntry[];
}

const MOST_AT_ONCE = 100;

/**
 * Tells every post of the host's again as it stands, which changes only what Retainer has missed, then compares week
 * by week what is counted with what was published. Rejects where Retainer cannot be reached; doing it again is safe.
 */
export async function reconcile(
  reconciling: Reconciling,
  known: ListedPosts,
  { drained, refused }: Before,
): Promise<Reconciliation> {
  const span = { from: new Date(known.from), to: new Date(known.to) };
  const exceptions: ReconcileException[] = refused.map(refusedException);
  if (drained.waiting > 0) exceptions.push(waitingException(drained));
  const tally = createTally();
  let posts = 0;
  for await (const some of chunksOf(known.posts, MOST_AT_ONCE)) {
    posts += some.length;
    const told = await tellAll(reconciling, some);
    for (const { post, outcome } of told) {
      tally.add(post, outcome);
      if (outcome) exceptions.push(...exceptionsOf(post, outcome));
    }
  }
  const windows: ReconciledWindow[] = [];
  for (const clientWorkspaceId of tally.clients()) {
    const ask = { agencyWorkspaceId: reconciling.agencyWorkspaceId, clientWorkspaceId, ...span };
    // oxlint-disable-next-line no-await-in-loop -- one client after the other: nobody waits
    for (const counted of await readWindows(reconciling.send, ask)) {
      const { window, used, held } = counted;
      const { published, scheduled } = tally.of(clientWorkspaceId, counted);
      const row = { clientWorkspaceId, window, used, held, published };
      windows.push(row);
      exceptions.push(...compareWindow(row, scheduled));
    }
  }
  const { delivered, waiting } = drained;
  return { posts, delivered, waiting, refused: refused.length, windows, exceptions };
}

interface ToldPost {
  readonly post: ListedPost;
  readonly outcome: HookOutcome | undefined;
}

async function tellAll(
  { calls, ...telling }: Reconciling,
  posts: readonly ListedPost[],
): Promise<readonly ToldPost[]> {
  const messages = posts.map((post) => messageOf(post, telling));
  const events = messages.filter((message) => message !== undefined);
  const results =
    events.length > 0 ? await tellApart(events, (some) => tellEvents(calls, some)) : [];
  let next = 0;
  return posts.map((post, index) => ({
    post,
    outcome: messages[index] === undefined ? undefined : results[next++],
  }));
}

interface Tally {
  readonly add: (post: ListedPost, outcome: HookOutcome | undefined) => void;
  readonly clients: () => readonly string[];
  readonly of: (
    clientId: string,
    counted: CountedWindow,
  ) => { readonly published: number; readonly scheduled: number };
}

/** What the host published and has scheduled, by client and time. */
function createTally(): Tally {
  const byClient = new Map<string, { at: number; post: ListedPost }[]>();
  // Of those whose posts were all refused there may be nothing to read.
  const known = new Set<string>();
  return {
    add(post, outcome) {
      const { clientWorkspaceId, state } = post;
      if (clientWorkspaceId === null || (state !== 'published' && state !== 'scheduled')) return;
      if (outcome?.ok) known.add(clientWorkspaceId);
      const list = byClient.get(clientWorkspaceId) ?? [];
      byClient.set(clientWorkspaceId, list);
      list.push({ at: countedAt(post, outcome), post });
    },
    clients: () => [...known].toSorted(),
    of(clientId, { window, countBy }) {
      const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
      const inside = (byClient.get(clientId) ?? []).filter(({ at }) => at >= start && at < end);
      const countOf = (state: ListedPost['state']): number =>
        inside
          .filter(({ post }) => post.state === state)
          .reduce((sum, { post }) => sum + unitsOf(post, countBy), 0);
      return { published: countOf('published'), scheduled: countOf('scheduled') };
    },
  };
}

/** A post counts in the week that held it, which its answer names; else in that of its time. */
function countedAt(post: ListedPost, outcome: HookOutcome | undefined): number {
  const answer = outcome?.ok ? outcome.answer : undefined;
  const window = answer && 'window' in answer ? answer.window : null;
  return window ? Date.parse(window.start) : new Date(post.scheduledAt).getTime();
}

function unitsOf({ channels, platforms }: ListedPost, countBy: 'post' | 'channel'): number {
  return countBy === 'post' ? 1 : Math.max(1, (channels ?? platforms ?? []).length);
}

function refusedException({ message, refusal }: RefusedEntry): ReconcileException {
  const { hook, body } = message;
  const postId = 'postId' in body && body.postId !== undefined ? body.postId : null;
  return {
    code: 'refused',
    clientWorkspaceId: body.clientWorkspaceId,
    postId,
    window: null,
    isSettled: false,
    explanation: `Retainer does not take this ${hook} as it is (${refusal.code}): ${refusal.detail}`,
  };
}

function waitingException({ waiting, problem }: Drained): ReconcileException {
  const why = problem ? ` ${problem.message}` : '';
  return {
    code: 'not_told',
    clientWorkspaceId: null,
    postId: null,
    window: null,
    isSettled: false,
    explanation: `${waiting} messages still wait in the outbox.${why} Reconcile again once they are told.`,
  };
}

async function* chunksOf<T>(
  all: Iterable<T> | AsyncIterable<T>,
  size: number,
): AsyncGenerator<readonly T[]> {
  let some: T[] = [];
  for await (const one of all) {
    some.push(one);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
