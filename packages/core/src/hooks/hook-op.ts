import { DomainError, spanOf, type Instant } from '@retainer/domain';

import type { Channel } from '../gate/client-state.ts';
import type { GateOp } from '../gate/ops.ts';
import type { PostFacts } from '../gate/ops/post-ask.ts';
import type { PostReport } from '../gate/ops/post-settled.ts';
import { invalidField } from '../tenancy/input-fields.ts';
import type { CheckInput, HookInput, HookName } from './hook-input.ts';

/** One hook as it came in. */
export type HookCall = {
  [TName in HookName]: { readonly type: TName; readonly input: HookInput<TName> };
}[HookName];

/** What a hook asks of the gate. */
export function hookOp(call: HookCall, now: Instant): GateOp {
  switch (call.type) {
    case 'reserve': {
      const { key, meter, quantity, platforms = [], scheduledAt, expiresAt } = call.input;
      const times = { scheduledAt: scheduledAt?.getTime(), expiresAt: expiresAt?.getTime() };
      return { type: 'reserve', now, key, meter, quantity, platforms: unique(platforms), ...times };
    }
    case 'commit':
    case 'release': {
      const { key, occurrence } = call.input;
      return { type: call.type, now, key, occurrence };
    }
    case 'move': {
      const { key, scheduledAt } = call.input;
      return { type: 'move', now, key, scheduledAt: scheduledAt.getTime() };
    }
    case 'attach': {
      const { reservationId, posts } = call.input;
      return { type: 'attach', now, reservationId, posts };
    }
    case 'postCreated':
    case 'postUpdated':
      return { type: call.type, ...postFacts(call.input, now) };
    case 'postPublished':
    case 'postDeleted':
      return { type: call.type, ...postReport(call.input, now) };
    case 'postFailed':
      return { type: 'postFailed', final: call.input.final, ...postReport(call.input, now) };
    case 'uploadCreated': {
      const { mediaId, bytes, observed } = call.input;
      return { type: 'uploadCreated', now, mediaId, bytes, observed };
    }
    case 'uploadDeleted':
      return { type: 'uploadDeleted', now, mediaId: call.input.mediaId };
  }
}

/** The ask behind a question. */
export function checkOp(input: CheckInput, now: Instant): GateOp {
  const { meter, quantity, ...post } = input;
  if (meter === 'posts' && quantity === 1 && (post.postId !== undefined || post.recurrence)) {
    return { type: 'postCreated', ...postFacts({ ...post, idempotencyKey: undefined }, now) };
  }
  return {
    type: 'reserve',
    now,
    key: undefined,
    meter,
    quantity,
    platforms: channelsOf(post)?.map((channel) => channel.platform) ?? [],
    scheduledAt: spanOf(meter) === 'level' ? undefined : post.scheduledAt?.getTime(),
    expiresAt: undefined,
  };
}

function postFacts(input: HookInput<'postCreated'>, now: Instant): PostFacts {
  assertOneTime(input);
  if (input.idempotencyKey === undefined && input.postId === undefined) {
    throw new DomainError(
      'invalid_input',
      'Give idempotencyKey or postId, so that a repeat is known.',
      {
        issues: [{ path: 'idempotencyKey', message: 'idempotencyKey or postId is needed' }],
      },
    );
  }
  return {
    now,
    postId: input.postId,
    key: input.idempotencyKey,
    occurrence: input.occurrence,
    scheduledAt: input.scheduledAt?.getTime(),
    publishNow: input.publishNow,
    queue: input.queue,
    everyDays: input.recurrence?.everyDays,
    observed: input.observed,
    status: input.status,
    channels: channelsOf(input),
    contentType: input.contentType,
    campaignId: input.campaignId,
    minutesSpent: input.minutesSpent,
    mediaIds: input.mediaIds,
    expiresAt: input.expiresAt?.getTime(),
    at: input.at?.getTime(),
  };
}

function postReport(input: HookInput<'postPublished'>, now: Instant): PostReport {
  return {
    now,
    postId: input.postId,
    occurrence: input.occurrence,
    scheduledAt: input.scheduledAt?.getTime(),
    channels: channelsOf(input) ?? [],
    contentType: input.contentType,
    campaignId: input.campaignId,
    minutesSpent: input.minutesSpent,
    at: input.at?.getTime(),
  };
}

function assertOneTime(input: HookInput<'postCreated'>): void {
  const given = [input.scheduledAt !== undefined, input.publishNow, input.queue].filter(Boolean);
  if (given.length > 1) {
    throw invalidField('scheduledAt', 'send one of scheduledAt, publishNow and queue');
  }
}

function channelsOf(input: {
  readonly channels?: readonly Channel[] | undefined;
  readonly platforms?: readonly string[] | undefined;
}): readonly Channel[] | undefined {
  if (input.channels && input.platforms) {
    throw invalidField('platforms', 'stands for channels: send one of them');
  }
  if (input.channels || !input.platforms) return input.channels;
  return unique(input.platforms).map((platform) => ({ id: platform, platform }));
}

function unique(platforms: readonly string[]): string[] {
  return [...new Set(platforms)].toSorted();
}
