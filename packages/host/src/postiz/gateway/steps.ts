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
  const channel = await desk.channels.lookUp(item.channelId).catch(() => undefined);
  const record = item.postId === undefined ? undefined : await knownPost(desk, item.postId);
  const base: Step = {
    kind: 'new',
    item,
    channelId: item.channelId,
    platform: record?.platform ?? channel?.platform ?? UNKNOWN_PLATFORM,
    clientId: record ? record.clientId : (channel?.clientId ?? null),
    record,
    ask: undefined,
    isAsked: true,
    isStranger: false,
    key: undefined,
    reservationId: undefined,
  };
  if (call.type === 'draft') return { ...base, kind: 'draft' };
  if (!record) return base;
  return { ...base, ...changeOf(desk, call, record), reservationId: record.reservationId };
}

/** What saving an existing post comes to. */
function changeOf(
  { memory }: Desk,
  call: CreateCall,
  record: PostRecord,
): { readonly kind: Step['kind']; readonly ask: MoveAsk | undefined } {
  const none = { kind: 'none', ask: undefined } as const;
  const isSameTime =
    !call.isNow && call.at === record.scheduledAt && call.everyDays === record.everyDays;
  const isCounted = record.told === 'published';
  if (call.type === 'update') {
    // It keeps its state: only a post that waits takes its hold along.
    if (record.told !== 'scheduled' || isSameTime) return none;
  } else if (isCounted && !call.republish) {
    // Postiz refuses it.
    return none;
  } else if (record.told === 'scheduled' && isSameTime) return none;
  if (!hasClient(record)) return { kind: 'change', ask: undefined };
  const ask = isCounted ? askAgain(record, call) : askMove(memory, record, call);
  return { kind: 'change', ask };
}

/** What is known of a post: remembered, or read from Postiz now. */
export async function knownPost(desk: Desk, postId: string): Promise<PostRecord | undefined> {
  const known = desk.memory.posts.get(postId);
  if (known) return known;
  const row = await findRow(desk, postId);
  return row && recordOfRow(row, desk.channels.find(row.channelId), desk.now());
}
