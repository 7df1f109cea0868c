import { UNKNOWN_PLATFORM } from '../channels.ts';
import type { Desk } from '../desk.ts';
import { findRow } from '../find-row.ts';
import { askAgain, askMove, hasClient, type MoveAsk } from '../post-events.ts';
import { recordOfRow } from '../row-record.ts';
import type { PostRecord } from '../state/records.ts';
import type { CreateCall, CreateItem } from './plan-create.ts';

/** What one channel's post of a create call comes to. */
export interface Step {
  /** A new post, a draft (new or made one), one that changes, or nothing that counts. */
  readonly kind: 'new' | 'draft' | 'change' | 'none';
  readonly item: CreateItem;
  readonly channelId: string;
  readonly platform: string;
  readonly clientId: string | null;
  readonly record: PostRecord | undefined;
  /** Of a change: what is asked for it. */
  readonly ask: MoveAsk | undefined;
  readonly isAsked: boolean;
  /** Its customer is not registered in Retainer. */
  readonly isStranger: boolean;
  readonly key: string | undefined;
  readonly reservationId: string | undefined;
}

/** Works out what each post of a create call comes to. */
export async function stepsOf(desk: Desk, call: CreateCall): Promise<readonly Step[]> {
  const steps: Step[] = [];
  // oxlint-disable-next-line no-await-in-loop -- a channel that is not known is looked up once for all
  for (const item of call.items) steps.push(await stepOf(desk, call, item));
  return steps;
}

async function stepOf(desk: Desk, call: CreateCall, item: CreateItem): Promise<Step> {
  const channel = await desk.channels.lookUp(item.channelId).catch(whenUnread(desk));
  const record = item.postId === undefined ? undefined : await knownPost(desk, item.postId);
  // Whoever was charged for a post stays so, wherever its channel went.
  const whose = record ?? channel ?? { clientId: null, platform: UNKNOWN_PLATFORM };
  const base: Step = {
    kind: call.type === 'draft' ? 'draft' : 'new',
    item,
    channelId: item.channelId,
    platform: whose.platform,
    clientId: whose.clientId,
    record,
    ask: undefined,
    isAsked: true,
    isStranger: false,
    key: undefined,
    reservationId: undefined,
  };
  if (call.type === 'draft' || !record) return base;
  return { ...base, ...changeOf(desk, call, record), reservationId: record.reservationId };
}

/** Postiz does not say whose a channel is, and the rule is to deny what cannot be judged. */
export class ChannelsUnreadError extends Error {
  override readonly name = 'ChannelsUnreadError';
}

function whenUnread({ settings, log }: Desk): (cause: unknown) => undefined {
  return (cause) => {
    log.warn({ cause: String(cause) }, 'the channels of Postiz could not be read');
    if (settings.onUnavailable === 'deny') throw new ChannelsUnreadError('unread', { cause });
    return undefined;
  };
}

/** What saving an existing post comes to. */
function changeOf(
  { memory }: Desk,
  call: CreateCall,
  record: PostRecord,
): { readonly kind: Step['kind']; readonly ask: MoveAsk | undefined } {
  if (asksNothing(call, record)) return { kind: 'none', ask: undefined };
  if (!hasClient(record)) return { kind: 'change', ask: undefined };
  const isCounted = record.told === 'published';
  return {
    kind: 'change',
    ask: isCounted ? askAgain(record, call) : askMove(memory, record, call),
  };
}

function asksNothing(call: CreateCall, record: PostRecord): boolean {
  const isSameTime =
    !call.isNow && call.at === record.scheduledAt && call.everyDays === record.everyDays;
  if (record.told === 'scheduled') return isSameTime;
  // An update keeps the state: only a post that waits has a hold to take along.
  if (call.type === 'update') return true;
  // Postiz refuses to publish again what does not say so.
  return record.told === 'published' && !call.republish;
}

/** What is known of a post: remembered, or read from Postiz now. */
export async function knownPost(desk: Desk, postId: string): Promise<PostRecord | undefined> {
  const known = desk.memory.posts.get(postId);
  if (known) return known;
  const row = await findRow(desk, postId);
  return row && recordOfRow(row, desk.channels.find(row.channelId), desk.now());
}
