import type { HookEvent } from '../../calls/hook-bodies.ts';
import { instantOf, textOf } from '../api/postiz-rows.ts';
import type { Desk } from '../desk.ts';
import {
  askAgain,
  askMove,
  hasClient,
  undoMove,
  type ClientPost,
  type MoveAsk,
  type Undone,
  type When,
} from '../post-events.ts';
import type { PostRecord } from '../state/records.ts';
import type { Outcome } from './create-posts.ts';
import { denyPost, denyUnavailable, denyUnjudged, type OwnReply } from './deny.ts';
import { PAST_TOLERANCE_MS } from './plan-create.ts';
import { BodyError } from './read-body.ts';
import { knownPost } from './steps.ts';
import type { SendOn, UpstreamReply } from './upstream.ts';

type Body = Readonly<Record<string, unknown>>;

/** `PUT /posts/:id/date`: moves the hold to the week of the new date, if there is room. */
export async function changeDate(
  desk: Desk,
  of: { readonly postId: string; readonly body: Body },
  send: SendOn,
): Promise<Outcome> {
  const { date, action, republish } = of.body;
  const at = date === undefined ? desk.now() : instantOf(date);
  if (at === undefined) {
    throw new BodyError(400, 'date must be a time such as 2026-12-01T10:00:00Z.');
  }
  const record = await knownPost(desk, of.postId);
  const isSchedule = action === 'schedule';
  const ask = record && dateAsk(desk, { record, at, isSchedule, republish: republish === true });
  if (!record || ask === 'nothing' || ask === undefined)
    return { kind: 'passed', reply: await send() };
  if (ask === 'moved') return pass(desk, { record: { ...record, scheduledAt: at }, send });
  return askAndSend(desk, ask, send);
}

interface Asked {
  readonly record: ClientPost;
  readonly when: When;
  readonly ask: MoveAsk;
}

/** What a new date asks for: nothing, nothing but to be remembered, or room. */
function dateAsk(
  desk: Desk,
  of: {
    readonly record: PostRecord;
    readonly at: number;
    readonly isSchedule: boolean;
    readonly republish: boolean;
  },
): Asked | 'nothing' | 'moved' {
  const { record, at, isSchedule } = of;
  if (record.told === 'draft') return 'moved';
  const when = whenOf(desk, at, record);
  if (record.told === 'published') {
    // Postiz refuses to publish again what does not say so.
    const isAgain = isSchedule && of.republish && hasClient(record);
    return isAgain ? { record, when, ask: askAgain(record, when) } : 'nothing';
  }
  // A date alone does not put a failed post back into the queue.
  if (!isSchedule && record.told !== 'scheduled') return 'nothing';
  return hasClient(record) ? { record, when, ask: askMove(desk.memory, record, when) } : 'moved';
}

/** `PUT /posts/:id/status`, which Postiz checks no policy for: a draft that is scheduled asks, one made gives back. */
export async function changeStatus(
  desk: Desk,
  of: { readonly postId: string; readonly body: Body },
  send: SendOn,
): Promise<Outcome> {
  const record = await knownPost(desk, of.postId);
  if (!record || !hasClient(record)) return { kind: 'passed', reply: await send() };
  if (textOf(of.body['status']) === 'draft') return toDraft(desk, record, send);
  const when = whenOf(desk, record.seen?.publishDate ?? record.scheduledAt, record);
  if (record.told === 'scheduled') return { kind: 'passed', reply: await send() };
  const ask =
    record.told === 'published' ? askAgain(record, when) : askMove(desk.memory, record, when);
  return askAndSend(desk, { record, when, ask }, send);
}

function whenOf(desk: Desk, at: number, record: PostRecord): When {
  return { at, isNow: at < desk.now() - PAST_TOLERANCE_MS, everyDays: record.everyDays };
}

async function askAndSend(desk: Desk, of: Asked, send: SendOn): Promise<Outcome> {
  const { record, when, ask } = of;
  const verdict = await desk.asks.ask(ask.events);
  const isAsked = verdict.kind === 'allowed';
  if (verdict.kind === 'denied') {
    desk.tally.add('denied');
    return own(denyPost(desk.settings, verdict.decision, record.clientId));
  }
  // What was not answered may have been done all the same.
  const undo = undoMove(record, ask);
  if (!isAsked) {
    desk.log.warn({ code: verdict.error.code }, 'a change could not be asked for');
    // A customer that nobody registered in Retainer is no client of it.
    if (verdict.kind === 'refused' && verdict.error.code !== 'not_found') {
      return own(denyUnjudged(verdict.error.message));
    }
    desk.tally.add('unavailable');
    if (desk.settings.onUnavailable === 'deny') {
      await tell(desk, undo.events, undo.record);
      return own(denyUnavailable(desk.settings));
    }
  } else desk.tally.add('allowed');
  const late = isAsked ? [] : ask.events.map((event) => asObserved(event));
  const moved: PostRecord = {
    ...record,
    scheduledAt: when.isNow ? desk.now() : when.at,
    told: 'scheduled',
    waiting: ask.waiting,
    isAsked,
  };
  return settle(desk, { record: moved, undo, events: late }, send);
}

/** What went through unasked is told as what it is. */
function asObserved(event: HookEvent): HookEvent {
  return event.type === 'postUpdated' ? { ...event, observed: true } : event;
}

async function toDraft(desk: Desk, record: ClientPost, send: SendOn): Promise<Outcome> {
  const { clientId: clientWorkspaceId, postId } = record;
  // Published is never lowered; of one that was counted, the run that waits is given up.
  const events: HookEvent[] =
    record.told === 'published' && record.waiting.length === 0
      ? []
      : record.waiting.length > 0
        ? [{ type: 'postDeleted', clientWorkspaceId, postId }]
        : [{ type: 'postUpdated', clientWorkspaceId, postId, status: 'draft' }];
  const isCounted = record.counted.length > 0;
  const drafted: PostRecord = { ...record, told: isCounted ? 'published' : 'draft', waiting: [] };
  return settle(desk, { record: drafted, undo: undefined, events }, send);
}

function pass(
  desk: Desk,
  of: { readonly record: PostRecord; readonly send: SendOn },
): Promise<Outcome> {
  return settle(desk, { record: of.record, undo: undefined, events: [] }, of.send);
}

/** Sends a change on; it is remembered where Postiz took it, and taken back where it did not. */
async function settle(
  desk: Desk,
  of: {
    readonly record: PostRecord;
    readonly undo: Undone | undefined;
    readonly events: readonly HookEvent[];
  },
  send: SendOn,
): Promise<Outcome> {
  let reply: UpstreamReply;
  try {
    reply = await send();
  } catch (cause) {
    await tell(desk, of.undo?.events ?? [], of.undo?.record);
    throw cause;
  }
  const isDone = reply.status >= 200 && reply.status < 300;
  if (isDone) await tell(desk, of.events, of.record);
  else await tell(desk, of.undo?.events ?? [], of.undo?.record);
  return { kind: 'passed', reply };
}

async function tell(desk: Desk, events: readonly HookEvent[], record?: PostRecord): Promise<void> {
  const value = record && withSeen(desk.memory.posts.get(record.postId), record);
  await desk.memory.put([
    ...(value ? [{ kind: 'post', id: value.postId, value } as const] : []),
    ...(events.length > 0 ? [desk.errands.of(events)] : []),
  ]);
  desk.errands.wake();
}

/** What a poll saw while Postiz was asked stays seen. */
function withSeen(now: PostRecord | undefined, record: PostRecord): PostRecord {
  if (!now) return record;
  const { counted, seen, flags } = now;
  const isOut = counted.length > record.counted.length;
  return {
    ...record,
    counted,
    seen,
    flags,
    ...(isOut && { told: now.told, waiting: now.waiting }),
  };
}

function own(reply: OwnReply): Outcome {
  return { kind: 'own', reply };
}
