import { spanOf, windowAt, type Instant, type Meter, type Unit } from '@retainer/domain';

import type { Decision } from '../answer.ts';
import { countOf, type ClientState } from '../client-state.ts';
import { setLevel } from '../hold-changes.ts';
import { findReplay, newId, payloadHash } from '../identity.ts';
import type { Needs } from '../needs.ts';
import type { OpenDenial } from '../open-denial.ts';
import { usageOf } from '../state-usage.ts';
import { judgeWishes, takeWishes, wishFor, type Wish } from '../wish.ts';

/** Use of a counter that happened, or a level as the host measures it. */
export interface RecordUsage {
  readonly type: 'recordUsage';
  readonly now: Instant;
  readonly key: string;
  readonly meter: Meter;
  readonly quantity: number;
  readonly usedAt: Instant | undefined;
}

/** Recording reads its key and its window. */
export function recordNeeds(op: RecordUsage): Needs {
  return { keys: [op.key], windows: [{ meter: op.meter, at: op.usedAt ?? op.now }] };
}

/** Records use (never refused, flagged past the limit) or sets a level (refused only when it grows past its limit). */
export function recordUsage(state: ClientState, op: RecordUsage, denied: OpenDenial[]): Decision {
  // When it was used is the `at` of its request, which is no part of what was asked.
  const asked = { ...op, usedAt: undefined };
  const hash = payloadHash(asked);
  const replay = findReplay(state, op.key, hash);
  if (replay) return replay;
  const series = { seriesId: newId(op.now), key: op.key, payloadHash: hash };
  if (spanOf(op.meter) === 'level') return recordLevel(state, op, { series, denied });
  const wish = usedWish(state, { ...op, usedAt: op.usedAt ?? op.now });
  return takeWishes(state, { now: op.now, wishes: [wish], observed: true }, series).decision;
}

/** A wish for use that happened: it is taken as used, not held. */
export function usedWish(
  state: ClientState,
  use: {
    readonly meter: Meter;
    readonly quantity: number;
    readonly usedAt: Instant;
  },
): Wish {
  const wish = wishFor(state.policy, {
    occurrence: '0',
    meter: use.meter,
    quantity: use.quantity,
    channels: [],
    scheduledAt: use.usedAt,
    judgedAt: use.usedAt,
    expiresAt: undefined,
    hold: undefined,
  });
  return { ...wish, units: wish.units.map((unit): Unit => ({ ...unit, state: 'used' })) };
}

function recordLevel(
  state: ClientState,
  op: RecordUsage,
  ask: {
    readonly series: { seriesId: string; key: string; payloadHash: string };
    readonly denied: OpenDenial[];
  },
): Decision {
  const window = windowAt(state.policy, op.meter, op.now);
  const gate = { meter: op.meter, platform: '', window };
  const level = countOf(state, gate).used;
  const quantity = Math.max(0, op.quantity - level);
  const wish = usedWish(state, { meter: op.meter, quantity, usedAt: op.now });
  const asking = { now: op.now, wishes: [wish], observed: false };
  const { decision, refusals } = takeWishes(state, asking, ask.series);
  if (decision.decision === 'deny') {
    ask.denied.push({
      state,
      decision,
      refusals,
      meter: op.meter,
      from: op.now,
      isMovable: false,
      retry: (policy) => judgeWishes(state, policy, asking),
    });
    return decision;
  }
  const row = state.holdsByKey.get(op.key);
  if (op.quantity >= level || !row) return decision;
  setLevel(state, row, { level: op.quantity, at: op.now, kind: 'set' });
  return { ...decision, usage: usageOf(state, { ...gate, platforms: [] }, op.now) };
}
