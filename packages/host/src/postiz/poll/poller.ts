import type { Span } from '../api/postiz-api.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
import type { KnownChannel } from '../channels.ts';
import type { Desk } from '../desk.ts';
import { widestSpan } from '../find-row.ts';
import { deleted, deletion } from '../gateway/delete-posts.ts';
import { isLive, untoldRecord } from '../row-record.ts';
import { findingOf, type Change } from '../state/memory.ts';
import type { PostRecord, RequestRecord } from '../state/records.ts';
import { joinReplaced, joinRequest, staleRequests, type Joined } from './join.ts';
import { planPost } from './plan-post.ts';
import type { Plan } from './plan.ts';
import { tellPlans, type ToTell } from './tell-plans.ts';

/** What one poll did. */
export interface PollReport {
  /** False where Postiz or Retainer could not be had: nothing is lost, the next poll sees the same. */
  readonly isDone: boolean;
  readonly posts: number;
  readonly told: number;
  readonly adopted: number;
  readonly gone: number;
}

/** A post that a webhook said is live; it counts once a read confirms it. */
export interface Expected {
  readonly postId: string;
  readonly channelId: string;
  readonly publishDate: number;
}

/** Compares Postiz with what is known, and tells Retainer the difference. It only ever reads Postiz. */
export interface Poller {
  readonly poll: (span: Span, expected?: readonly Expected[]) => Promise<PollReport>;
}

const NOTHING: PollReport = { isDone: false, posts: 0, told: 0, adopted: 0, gone: 0 };

/** How long a create call may go unanswered before it is given up. */
export interface PollerOptions {
  readonly answerMs: number;
}

/** The poller of one desk; its polls come one after the other. */
export function createPoller(desk: Desk, options: PollerOptions): Poller {
  let last: Promise<unknown> = Promise.resolve();
  return {
    poll(span, expected = []) {
      const next = last.then(() => pollOnce(desk, options, { span, expected }));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

async function pollOnce(
  desk: Desk,
  options: PollerOptions,
  ask: { readonly span: Span; readonly expected: readonly Expected[] },
): Promise<PollReport> {
  // What was done is told before what became of it.
  if (!(await desk.errands.idle())) return NOTHING;
  const since = desk.now();
  await desk.channels.refresh();
  const rows = groupedById(await desk.postiz.listPosts(ask.span));
  const missing = missingFrom(desk, rows, { span: ask.span, since });
  // Gone from the window is not gone: it may have moved out of it.
  const wide =
    missing.length > 0 ? groupedById(await desk.postiz.listPosts(widestSpan(since))) : rows;
  const gone = missing.filter((post) => !wide.has(post.postId));
  for (const post of missing) {
    const moved = wide.get(post.postId);
    if (moved) rows.set(post.postId, moved);
  }
  const plans = plansFor(desk, rows, { gone, since });
  const stale = staleRequests(desk.memory, { now: since, answerMs: options.answerMs });
  const isDone = await tellPlans(desk, [
    ...stale.map(({ request, events }): ToTell => ({ events, changes: [forget(request)] })),
    ...plans.toTell,
  ]);
  await confirm(desk, rows, ask.expected);
  const { adopted } = plans;
  return { isDone, posts: rows.size, told: plans.toTell.length, adopted, gone: plans.gone };
}

type Rows = Map<string, [PostizPost, ...PostizPost[]]>;

function groupedById(posts: readonly PostizPost[]): Rows {
  const rows: Rows = new Map();
  for (const post of posts) {
    const known = rows.get(post.id);
    if (known) known.push(post);
    else rows.set(post.id, [post]);
  }
  for (const slots of rows.values()) slots.sort((a, b) => a.publishDate - b.publishDate);
  return rows;
}

/** Posts that wait, should be in what was read, and are not. */
function missingFrom(
  desk: Desk,
  rows: Rows,
  { span, since }: { readonly span: Span; readonly since: number },
): PostRecord[] {
  return [...desk.memory.posts.all()].filter(
    (post) => !rows.has(post.postId) && isAwaited(post, since) && isWithin(post, span),
  );
}

function isAwaited(post: PostRecord, since: number): boolean {
  if (post.told === 'deleted') return false;
  // Made while the list was on its way.
  if (post.seen === undefined && post.createdAt >= since) return false;
  return post.told !== 'published' || post.waiting.length > 0 || post.everyDays !== undefined;
}

function isWithin(post: PostRecord, span: Span): boolean {
  // A recurring post is listed whatever the span.
  if (post.everyDays !== undefined) return true;
  const at = post.seen?.publishDate ?? post.scheduledAt;
  return at >= span.from && at <= span.to;
}

interface Planned {
  readonly toTell: ToTell | undefined;
  readonly isAdopted: boolean;
}

function plansFor(
  desk: Desk,
  rows: Rows,
  of: { readonly gone: readonly PostRecord[]; readonly since: number },
): { readonly toTell: ToTell[]; readonly adopted: number; readonly gone: number } {
  const left = new Set(of.gone);
  const holds = holdSizes(desk);
  const planned = [...rows.values()].map((slots) =>
    planRows(desk, { slots, left, holds, since: of.since }),
  );
  const deletions = [...left].map((post): ToTell => ({
    events: deletion(post),
    changes: [{ kind: 'post', id: post.postId, value: deleted(post) }],
  }));
  return {
    // What is gone makes room for what came.
    toTell: [...deletions, ...planned.flatMap(({ toTell }) => toTell ?? [])],
    adopted: planned.filter(({ isAdopted }) => isAdopted).length,
    gone: left.size,
  };
}

/** Plans one post; a row that takes the place of one that is gone takes it off `left`. */
function planRows(
  desk: Desk,
  of: {
    readonly slots: readonly [PostizPost, ...PostizPost[]];
    readonly left: Set<PostRecord>;
    readonly holds: ReadonlyMap<string, number>;
    readonly since: number;
  },
): Planned {
  const { slots, left, holds, since } = of;
  const [row] = slots;
  const channel = desk.channels.find(row.channelId);
  const known = withClient(desk.memory.posts.get(row.id), channel);
  const untold = untoldRecord(row, channel, since);
  const join = known ? undefined : joinOf(desk, { row, untold, left });
  const record = known ?? join?.record ?? untold;
  const isShared = record.reservationId !== undefined && (holds.get(record.reservationId) ?? 0) > 1;
  const plan = planPost({ record, rows: slots, channel, now: since, isShared });
  return { toTell: toTellOf(plan, { known, join }), isAdopted: !known && !join };
}

/** Nobody's post becomes somebody's once its channel has a client. */
function withClient(
  known: PostRecord | undefined,
  channel: KnownChannel | undefined,
): PostRecord | undefined {
  if (known?.clientId !== null || !channel || channel.clientId === null) return known;
  return { ...known, clientId: channel.clientId, isAsked: false, told: 'nothing' };
}

interface JoinedRow extends Joined {
  readonly changes: readonly Change[];
}

function joinOf(
  desk: Desk,
  of: { readonly row: PostizPost; readonly untold: PostRecord; readonly left: Set<PostRecord> },
): JoinedRow | undefined {
  const { row, untold, left } = of;
  const request = joinRequest(desk.memory, row, untold);
  if (request) return { ...request, changes: [keep(request.request)] };
  for (const post of left) {
    const replaced = joinReplaced(post, row);
    if (!replaced) continue;
    left.delete(post);
    return { ...replaced, changes: [{ kind: 'post', id: post.postId, value: deleted(post) }] };
  }
  return undefined;
}

function toTellOf(
  plan: Plan,
  of: { readonly known: PostRecord | undefined; readonly join: JoinedRow | undefined },
): ToTell | undefined {
  const { known, join } = of;
  const { record, findings } = plan;
  const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(record);
  if (isSame && plan.events.length + findings.length === 0) return undefined;
  const changes = findings.map(findingOf);
  if (!join) return { events: plan.events, record, changes };
  return {
    events: [...join.events, ...plan.events],
    record,
    ...(join.orObserved && { orObserved: true }),
    changes: [...join.changes, ...changes],
  };
}

/** How many posts each hold is for. */
function holdSizes(desk: Desk): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { reservationId } of desk.memory.posts.all()) {
    if (reservationId !== undefined) sizes.set(reservationId, (sizes.get(reservationId) ?? 0) + 1);
  }
  return sizes;
}

function keep(request: RequestRecord): Change {
  return { kind: 'request', id: request.id, value: request };
}

function forget(request: RequestRecord): Change {
  return { kind: 'request', id: request.id, value: undefined };
}

/** A webhook is not signed: what it says is live counts only where Postiz says so too. */
async function confirm(desk: Desk, rows: Rows, expected: readonly Expected[]): Promise<void> {
  const findings = expected.flatMap(({ postId, channelId }) => {
    const [row] = rows.get(postId) ?? [];
    if (row && isLive(row)) return [];
    const detail = 'A webhook says that it is published, and Postiz does not list it so.';
    const clientId = desk.channels.find(channelId)?.clientId ?? null;
    return findingOf({
      flag: 'unconfirmed_publish',
      postId,
      channelId,
      clientId,
      at: desk.now(),
      detail,
    });
  });
  await desk.memory.put(findings);
}
