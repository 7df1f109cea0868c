import { DomainError, spanOf, windowAt, type Instant, type Meter } from '@retainer/domain';

import type { Decision } from '../answer.ts';
import type { ClientState } from '../client-state.ts';
import { findReplay, newId, payloadHash } from '../identity.ts';
import type { Needs } from '../needs.ts';
import type { OpenDenial } from '../open-denial.ts';
import { judgeWishes, takeWishes, wishFor, type Wish } from '../wish.ts';

/** A hold of any quantity on any meter. Without a key it is a question: nothing remembers it. */
export interface Reserve {
  readonly type: 'reserve';
  readonly now: Instant;
  readonly key: string | undefined;
  readonly meter: Meter;
  readonly quantity: number;
  readonly platforms: readonly string[];
  readonly scheduledAt: Instant | undefined;
  readonly expiresAt: Instant | undefined;
}

/** How far back a scheduled time may lie. Pinned by domain rule 1. */
export const PAST_TOLERANCE_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/** What a reserve reads: its key and the window it asks in. */
export function reserveNeeds(op: Reserve): Needs {
  const windows = [{ meter: op.meter, at: op.scheduledAt ?? op.now }];
  if (op.key === undefined) return { windows };
  // A time that has passed by now speaks for a repeat, which must be known before it is refused.
  return { keys: [op.key], keysAreNew: !isPast(op.scheduledAt, op.now), windows };
}

/** Decides and holds; the same key again gets the first answer. */
export function reserve(state: ClientState, op: Reserve, denied: OpenDenial[]): Decision {
  const hash = payloadHash(op);
  const replay = op.key === undefined ? undefined : findReplay(state, op.key, hash);
  if (replay) return replay;
  refusePast(op.scheduledAt, op.now);

  const wishAt = (at: Instant | undefined): Wish =>
    wishFor(state.policy, {
      occurrence: '0',
      meter: op.meter,
      quantity: op.quantity,
      channels: op.platforms.map((platform) => ({ id: platform, platform })),
      ...times(at ?? op.scheduledAt, op.now),
      expiresAt: op.expiresAt,
      hold: undefined,
    });
  const wish = wishAt(undefined);
  const series = { seriesId: newId(op.now), key: op.key, payloadHash: hash };
  const asking = { now: op.now, wishes: [wish], observed: false };
  const { decision, refusals } = takeWishes(state, asking, series);
  if (decision.decision === 'deny') {
    denied.push({
      state,
      decision,
      refusals,
      meter: op.meter,
      from: wish.judgedAt,
      isMovable: spanOf(op.meter) !== 'level',
      retry: (policy, at) => {
        const retried = { ...wishAt(at), window: windowAt(policy, op.meter, at ?? wish.judgedAt) };
        const now = at === undefined ? op.now : Math.max(op.now, at);
        return judgeWishes(state, policy, { now, wishes: [retried], observed: false });
      },
    });
  }
  return decision;
}

/** When an ask counts: publish-now is judged at its instant and recorded to the minute. */
export function times(
  scheduledAt: Instant | undefined,
  now: Instant,
): { scheduledAt: Instant; judgedAt: Instant } {
  if (scheduledAt !== undefined) return { scheduledAt, judgedAt: scheduledAt };
  return { scheduledAt: Math.floor(now / MINUTE_MS) * MINUTE_MS, judgedAt: now };
}

/** Refuses a scheduled time that lies more than five minutes back. */
export function refusePast(scheduledAt: Instant | undefined, now: Instant): void {
  if (scheduledAt === undefined || !isPast(scheduledAt, now)) return;
  throw new DomainError(
    'scheduled_in_past',
    `scheduledAt ${new Date(scheduledAt).toISOString()} is more than 5 minutes past (now ${new Date(now).toISOString()}). Give a time to come, or publishNow.`,
    { issues: [{ path: 'scheduledAt', message: 'must not lie more than 5 minutes in the past' }] },
  );
}

function isPast(scheduledAt: Instant | undefined, now: Instant): boolean {
  return scheduledAt !== undefined && scheduledAt < now - PAST_TOLERANCE_MS;
}
