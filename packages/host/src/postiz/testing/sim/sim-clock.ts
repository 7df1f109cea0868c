import type { SimPost, SimState } from './sim-state.ts';

/** What becomes of one try to publish a root. */
export type SimFate =
  | 'publish'
  /** All tries fail: ERROR, and nothing is live. */
  | 'fail'
  /** ERROR, then live five minutes later: the retry loop writes ERROR before each try. */
  | 'retry'
  /** The root is live, a reply to it is not: ERROR with a release. */
  | 'reply_fails'
  /** Live without Postiz ever learning it: ERROR without a release. */
  | 'unconfirmed'
  /** Live, but the platform told no id (TikTok). */
  | 'missing'
  /** The workflow died: QUEUE for ever. */
  | 'stuck';

export type SimFates = (post: SimPost, run: number) => SimFate;

const DAY_MS = 86_400_000;
const RETRY_MS = 300_000;

/** Moves the clock, and lets every workflow that is due until then wake in its order; answers what went out. */
export function advance(state: SimState, to: number, fates: SimFates): SimPost[] {
  const live: SimPost[] = [];
  for (let next = nextDue(state, to); next; next = nextDue(state, to)) {
    state.now = Math.max(state.now, next.dueAt ?? 0);
    if (wake(state, next, fates)) live.push(next);
  }
  state.now = Math.max(state.now, to);
  return live;
}

function nextDue(state: SimState, to: number): SimPost | undefined {
  let first: SimPost | undefined;
  for (const post of state.posts.values()) {
    if (post.dueAt === undefined || post.dueAt > to) continue;
    if (first?.dueAt === undefined || post.dueAt < first.dueAt) first = post;
  }
  return first;
}

/** One waking of a root's workflow; true when its webhook is sent. */
function wake(state: SimState, post: SimPost, fates: SimFates): boolean {
  const isRepeat = post.runs > 0 && post.intervalInDays !== null;
  const isRetry = post.state === 'ERROR' && post.tries > 0;
  const slot = isRepeat ? (post.dueAt ?? 0) : post.publishDate;
  post.dueAt = undefined;
  const isOver = !isRepeat && !isRetry && post.state !== 'QUEUE';
  if (isOver || !canPublish(state, post)) {
    post.state = 'ERROR';
    return false;
  }
  return settle(state, post, { fate: isRetry ? 'publish' : fates(post, post.runs), slot });
}

function canPublish(state: SimState, post: SimPost): boolean {
  const channel = state.channels.get(post.channelId);
  return channel !== undefined && !channel.refreshNeeded && !channel.disabled;
}

function settle(
  state: SimState,
  post: SimPost,
  run: { readonly fate: SimFate; readonly slot: number },
): boolean {
  switch (run.fate) {
    case 'stuck':
      return false;
    case 'fail':
      post.state = 'ERROR';
      return false;
    case 'retry':
      post.state = 'ERROR';
      post.tries += 1;
      post.dueAt = state.now + RETRY_MS;
      return false;
    case 'unconfirmed':
      post.state = 'ERROR';
      note(state, post, { ...run, url: `https://unseen.test/${post.id}`, known: false });
      return false;
    case 'missing':
    case 'reply_fails':
    case 'publish': {
      release(state, post, run);
      if (run.fate === 'reply_fails') post.state = 'ERROR';
      return run.fate !== 'reply_fails';
    }
  }
}

function release(
  state: SimState,
  post: SimPost,
  { fate, slot }: { readonly fate: SimFate; readonly slot: number },
): void {
  post.runs += 1;
  post.tries = 0;
  const told = releaseOf(state, post, fate);
  for (const row of threadOf(state, post)) {
    row.state = 'PUBLISHED';
    row.releaseId = row === post ? told.id : `${row.id}-${post.runs}`;
    row.releaseURL = row === post ? told.url : `${told.url}/${row.id}`;
  }
  note(state, post, { slot, url: told.url, known: true });
  if (post.intervalInDays) post.dueAt = slot + post.intervalInDays * DAY_MS;
}

/** What the network told of a run. */
function releaseOf(
  state: SimState,
  post: SimPost,
  fate: SimFate,
): { readonly id: string; readonly url: string } {
  const { name = 'someone', identifier = 'x' } = state.channels.get(post.channelId) ?? {};
  if (fate === 'missing') {
    return { id: 'missing', url: `https://www.tiktok.com/@${encodeURIComponent(name)}` };
  }
  const id = `${post.id}-${post.runs}`;
  return { id, url: `https://${identifier}.test/status/${id}` };
}

function note(
  state: SimState,
  post: SimPost,
  run: { readonly slot: number; readonly url: string; readonly known: boolean },
): void {
  state.published.push({
    postId: post.id,
    channelId: post.channelId,
    customerId: state.channels.get(post.channelId)?.customerId,
    slot: run.slot,
    at: state.now,
    releaseURL: run.url,
    known: run.known,
  });
}

function threadOf(state: SimState, root: SimPost): SimPost[] {
  const thread = [root];
  for (const row of state.posts.values()) {
    if (row.group === root.group && row.parentPostId !== undefined && !row.deleted)
      thread.push(row);
  }
  return thread;
}
