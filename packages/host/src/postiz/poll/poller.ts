import type { Span } from '../api/postiz-api.ts';
import type { PostizPost } from '../api/postiz-rows.ts';
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
  return [...desk.memory.posts.all()].filter((post) => {
    if (rows.has(post.postId) || post.told === 'deleted') return false;
    // Made while the list was on its way.
    if (post.seen === undefined && post.createdAt >= since) return false;
    const isOver = post.told === 'published' && post.waiting.length === 0;
    if (isOver && post.everyDays === undefined) return false;
    const at = post.seen?.publishDate ?? post.scheduledAt;
    return post.everyDays !== undefined || (at >= span.from && at <= span.to);
  });
}

function plansFor(
  desk: Desk,
  rows: Rows,
  of: { readonly gone: readonly PostRecord[]; readonly since: number },
): { readonly toTell: ToTell[]; readonly adopted: number; readonly gone: number } {
  const toTell: ToTell[] = [];
  const left = new Set(of.gone);
  const holds = holdSizes(desk);
  let adopted = 0;
  // Claims of this poll, so that two rows do not claim one part of a call.
  for (const slots of rows.values()) {
    const [row] = slots;
    const known = desk.memory.posts.get(row.id);
    const channel = desk.channels.find(row.channelId);
    const untold = known ? undefined : untoldRecord(row, channel, of.since);
    const join = untold && joinOf(desk, { row, untold, left });
    const wasUnassigned = known?.told === 'nothing' && known.clientId === null && channel;
    const record =
      join?.record ?? (wasUnassigned ? { ...known, clientId: channel.clientId } : known) ?? untold;
    if (!record) continue;
    if (untold && !join) adopted += 1;
    const isShared =
      record.reservationId !== undefined && (holds.get(record.reservationId) ?? 0) > 1;
    const plan = planPost({ record, rows: slots, channel, now: of.since, isShared });
    const told = toTellOf(plan, { known, join });
    if (told) toTell.push(told);
  }
  const deletions = [...left].map((post): ToTell => ({
    events: deletion(post),
    changes: [{ kind: 'post', id: post.postId, value: deleted(post) }],
  }));
  // What is gone makes room for what came.
  return { toTell: [...deletions, ...toTell], adopted, gone: left.size };
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
  const events = [...(join?.events ?? []), ...plan.events];
  const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(plan.record);
  if (isSame && events.length === 0 && plan.findings.length === 0) return undefined;
  return {
    events,
    record: plan.record,
    ...(join?.orObserved && { orObserved: true }),
    changes: [...(join?.changes ?? []), ...plan.findings.map(findingOf)],
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
