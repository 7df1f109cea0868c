import {
  DomainError,
  GRACE_MS,
  METERS,
  windowAt,
  type HoldFlag,
  type Instant,
  type Unit,
} from '@retainer/domain';

import { windowDto, type Decision, type Settlement } from '../answer.ts';
import type { ClientState, HoldRow } from '../client-state.ts';
import { changeHold } from '../hold-changes.ts';
import type { Needs } from '../needs.ts';
import type { OpenDenial } from '../open-denial.ts';
import { isOverLimit } from '../state-usage.ts';
import { judgeWishes, takeWishes, type Wish } from '../wish.ts';
import { refusePast } from './reserve.ts';

/** Publishing succeeded: the hold of this key becomes usage. */
export interface Commit {
  readonly type: 'commit';
  readonly now: Instant;
  readonly key: string;
  readonly occurrence: string | undefined;
}

/** Publishing failed or was given up: the hold of this key is given back. */
export interface Release {
  readonly type: 'release';
  readonly now: Instant;
  readonly key: string;
  readonly occurrence: string | undefined;
}

/** Another time for the hold of this key. */
export interface Move {
  readonly type: 'move';
  readonly now: Instant;
  readonly key: string;
  readonly scheduledAt: Instant;
}

/** A settlement reads its key; the windows follow from the receipt. */
export function keyNeeds(op: Commit | Release): Needs {
  return { keys: [op.key] };
}

/** A move also reads the windows it may go to: which meter it holds is known once it is read. */
export function moveNeeds(op: Move): Needs {
  const windows = METERS.map((meter) => ({ meter, at: op.scheduledAt }));
  return { keys: [op.key], windows };
}

/** Turns a hold into usage in the window that held it, whenever that arrives. */
export function commit(state: ClientState, op: Commit): Settlement {
  const hold = settledBy(state, op);
  if (!hold) return settlement('not_found');
  if (hold.status === 'committed') return { ...settled(state, hold, 'committed'), replayed: true };
  if (hold.status === 'denied')
    return { ...settled(state, hold, 'rejected'), reason: 'was_denied' };
  if (hold.status === 'released') {
    return { ...settled(state, hold, 'rejected'), reason: 'already_released' };
  }
  const late = hold.status === 'expired';
  const units = hold.units.map((unit): Unit => {
    const publishes = unit.state === 'held' || unit.gone === 'expired';
    return publishes ? { ...unit, state: 'used', gone: undefined, at: op.now } : unit;
  });
  const flags: HoldFlag[] = late
    ? [...new Set<HoldFlag>([...hold.flags, 'late'])]
    : [...hold.flags];
  const kind = late ? 'late_commit' : 'commit';
  const changed = changeHold(state, hold, { units, flags, at: op.now, kind });
  return settled(state, changed, 'committed');
}

/** Gives back what is still held. Usage is never given back. */
export function release(state: ClientState, op: Release): Settlement {
  const hold = settledBy(state, op);
  if (!hold) return settlement('not_found');
  switch (hold.status) {
    case 'denied':
      return { ...settled(state, hold, 'rejected'), reason: 'was_denied' };
    case 'committed':
      return { ...settled(state, hold, 'rejected'), reason: 'already_committed' };
    case 'released':
    case 'expired':
      return { ...settled(state, hold, 'released'), replayed: true };
    case 'held': {
      const units = hold.units.map((unit) => (unit.state === 'held' ? gone(unit, op.now) : unit));
      const changed = changeHold(state, hold, { units, at: op.now, kind: 'release' });
      return settled(state, changed, 'released');
    }
  }
}

/** Moves a hold: within its window at once, into another only if it fits there. A refusal leaves it as it was. */
export function move(state: ClientState, op: Move, denied: OpenDenial[]): Decision {
  const hold = state.holdsByKey.get(op.key);
  if (!hold || hold.status !== 'held') {
    throw new DomainError('not_held', `No live hold has the key "${op.key}". Reserve again.`);
  }
  refusePast(op.scheduledAt, op.now);
  const wish = rescheduled(state, hold, op.scheduledAt);
  const asking = { now: op.now, wishes: [wish], observed: false };
  const series = { seriesId: hold.seriesId, key: undefined, payloadHash: undefined };
  const { decision, refusals } = takeWishes(state, asking, series);
  if (decision.decision === 'deny') {
    denied.push({
      state,
      decision,
      refusals,
      meter: hold.meter,
      from: op.scheduledAt,
      isMovable: true,
      retry: (policy, at) => {
        const time = at ?? op.scheduledAt;
        const retried = {
          ...rescheduled(state, hold, time),
          window: windowAt(policy, hold.meter, time),
        };
        return judgeWishes(state, policy, { ...asking, wishes: [retried] });
      },
    });
  }
  return decision;
}

/** The wish of a hold for another time: what waits moves, what was published stays counted with it. */
function rescheduled(state: ClientState, hold: HoldRow, scheduledAt: Instant): Wish {
  const expiresAt = scheduledAt + GRACE_MS;
  const { occurrence, meter, quantity, countBy } = hold;
  const units = hold.units.map((unit) => (unit.state === 'held' ? { ...unit, expiresAt } : unit));
  const base = { occurrence, meter, quantity, countBy, units, hold };
  if (hold.units.some((unit) => unit.state === 'used')) {
    const { window } = hold.receipt;
    return { ...base, scheduledAt: hold.scheduledAt, judgedAt: hold.scheduledAt, window };
  }
  return {
    ...base,
    scheduledAt,
    judgedAt: scheduledAt,
    window: windowAt(state.policy, meter, scheduledAt),
  };
}

/** A unit that will not be published. */
export function gone(unit: Unit, at: Instant): Unit {
  return { ...unit, state: 'gone', gone: 'released', at };
}

/** The answer to a settlement of a hold that is known. */
export function settled(
  state: ClientState,
  hold: HoldRow,
  status: Settlement['status'],
): Settlement {
  const gate = { meter: hold.meter, platform: '', window: hold.receipt.window };
  return {
    ...settlement(status),
    late: hold.flags.includes('late'),
    overLimit: status === 'committed' && isOverLimit(state, gate, hold.scheduledAt),
    window: windowDto(hold.receipt.window),
    flags: hold.flags,
  };
}

/** An answer about a hold that is not there. */
export function settlement(status: Settlement['status']): Settlement {
  const nothing = { late: false, overLimit: false, window: null, reason: null, flags: [] };
  return { status, replayed: false, ...nothing };
}

// A recurring post's key names its series: without an occurrence the earliest that waits is meant.
function settledBy(state: ClientState, op: Commit | Release): HoldRow | undefined {
  const first = state.holdsByKey.get(op.key);
  if (!first) return undefined;
  const series = [...(state.series.get(first.seriesId)?.values() ?? [])]
    .filter((hold) => !hold.flags.includes('memo'))
    .toSorted((a, b) => a.scheduledAt - b.scheduledAt);
  if (op.occurrence !== undefined) return series.find((hold) => hold.occurrence === op.occurrence);
  const waiting = series.find((hold) => hold.status === 'held');
  return waiting ?? (first.flags.includes('memo') ? series[0] : first);
}
