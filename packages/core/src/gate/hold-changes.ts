import {
  crossings,
  dueAt,
  limitAt,
  rearmed,
  receiptLines,
  spanOf,
  statusOf,
  type Count,
  type HoldFlag,
  type Instant,
  type Meter,
  type ReceiptLine,
  type Unit,
  type Window,
} from '@retainer/domain';

import {
  countOf,
  holdId,
  indexHold,
  NO_COUNT,
  windowKey,
  type ClientState,
  type Counter,
  type HoldRow,
  type Rearm,
} from './client-state.ts';

/** What a change to a hold is, and when it happened. */
export interface Transition {
  readonly kind: string;
  readonly at: Instant;
}

/** A change of a hold; what is left out stays. */
export interface HoldChange extends Transition {
  readonly units?: readonly Unit[];
  readonly window?: Window;
  readonly scheduledAt?: Instant;
  readonly quantity?: number;
  readonly flags?: readonly HoldFlag[];
}

/** Adds a hold that did not exist and takes what it counts. */
export function addHold(state: ClientState, hold: HoldRow, transition: Transition): HoldRow {
  const added = settleReceipt(state, { before: undefined, after: hold }, transition);
  state.changes.newHolds.set(holdId(added), added);
  indexHold(state, added);
  return added;
}

/** Changes a hold: the difference between its old and its new receipt moves the counters. */
export function changeHold(state: ClientState, hold: HoldRow, change: HoldChange): HoldRow {
  const { units = hold.units, window = hold.receipt.window, flags = hold.flags } = change;
  const status = statusOf(units);
  const after: HoldRow = {
    ...hold,
    units,
    quantity: change.quantity ?? hold.quantity,
    scheduledAt: change.scheduledAt ?? hold.scheduledAt,
    flags,
    status,
    expiresAt: dueAt(units),
    settledAt: status === 'held' ? undefined : (hold.settledAt ?? change.at),
    step: hold.step + 1,
    receipt: { window, lines: [] },
  };
  const changed = settleReceipt(state, { before: hold, after }, change);
  const id = holdId(changed);
  const { newHolds, changedHolds } = state.changes;
  (newHolds.has(id) ? newHolds : changedHolds).set(id, changed);
  indexHold(state, changed);
  return changed;
}

/** Sets a level to what the host says it is. */
export function setLevel(
  state: ClientState,
  hold: HoldRow,
  change: Transition & { readonly level: number },
): void {
  const { meter, receipt } = hold;
  const { window } = receipt;
  const { used } = countOf(state, { meter, platform: '', window });
  const lines = [{ platform: '', used: change.level - used, held: 0 }];
  take(state, hold, { ...change, window, lines });
}

function settleReceipt(
  state: ClientState,
  { before, after }: { readonly before: HoldRow | undefined; readonly after: HoldRow },
  { kind, at }: Transition,
): HoldRow {
  const lines = receiptLines(after);
  const { window } = after.receipt;
  const had = before?.receipt ?? { window, lines: [] };
  if (had.window.start === window.start) {
    take(state, after, { kind, at, window, lines: difference(had.lines, lines) });
  } else {
    take(state, after, { kind, at, window: had.window, lines: difference(had.lines, []) });
    take(state, after, { kind, at, window, lines });
  }
  return { ...after, receipt: { window, lines } };
}

function difference(
  before: readonly ReceiptLine[],
  after: readonly ReceiptLine[],
): readonly ReceiptLine[] {
  if (before.length === 0) return after;
  const platforms = new Set([...before, ...after].map((line) => line.platform));
  const of = (lines: readonly ReceiptLine[], platform: string): Count =>
    lines.find((line) => line.platform === platform) ?? NO_COUNT;
  return [...platforms].map((platform) => ({
    platform,
    used: of(after, platform).used - of(before, platform).used,
    held: of(after, platform).held - of(before, platform).held,
  }));
}

interface Taking extends Transition {
  readonly window: Window;
  readonly lines: readonly ReceiptLine[];
}

function take(state: ClientState, hold: HoldRow, { kind, at, window, lines }: Taking): void {
  const moving = lines.filter((line) => line.used !== 0 || line.held !== 0);
  if (moving.length === 0) return;
  const { seriesId, occurrence, step, meter } = hold;
  const counter = counterFor(state, meter, window);
  const moved = moving.map((line): ReceiptLine => {
    const before = counter.counts.get(line.platform) ?? NO_COUNT;
    const after = sumOf(before, line, meter);
    counter.counts.set(line.platform, after);
    if (line.platform === '') {
      tell(state, counter, { before, after, at, judgedAt: hold.scheduledAt });
    }
    return { platform: line.platform, used: after.used - before.used, held: line.held };
  });
  counter.changed = true;
  const row = { seriesId, occurrence, step, kind, meter, windowStart: window.start };
  state.changes.ledger.push({ ...row, lines: moved, at });
}

function sumOf(count: Count, line: ReceiptLine, meter: Meter): Count {
  const sum = { used: count.used + line.used, held: count.held + line.held };
  // A level that the host set lower than what we saw uploaded cannot fall below nothing.
  if (spanOf(meter) === 'level') sum.used = Math.max(0, sum.used);
  if (sum.used < 0 || sum.held < 0) throw new Error(`a counter of ${meter} fell below zero`);
  return sum;
}

function counterFor(state: ClientState, meter: Meter, window: Window): Counter {
  const key = windowKey(meter, window);
  const known = state.counters.get(key);
  if (known) return known;
  if (!state.windows.has(key)) throw new Error(`the counters of ${key} were not read`);
  const counter: Counter = {
    meter,
    window,
    counts: new Map(),
    revision: 0,
    isRemembered: false,
    changed: false,
  };
  state.counters.set(key, counter);
  return counter;
}

interface Growth {
  readonly before: Count;
  readonly after: Count;
  readonly at: Instant;
  readonly judgedAt: Instant;
}

// Alerts follow used + held of the meter as a whole; sub-limits give none.
function tell(state: ClientState, { meter, window }: Counter, growth: Growth): void {
  const { at } = growth;
  const limit = limitAt(state.policy, { meter, platform: '' }, growth.judgedAt);
  const before = growth.before.used + growth.before.held;
  const after = growth.after.used + growth.after.held;
  if (typeof limit === 'number') {
    for (const crossing of crossings(limit, before, after)) {
      state.changes.alerts.push({ meter, window, limit, at, ...crossing });
    }
  }
  if (spanOf(meter) !== 'level' || after >= before) return;
  for (const threshold of rearmed(limit, after)) {
    const rearm = { meter, threshold, at };
    rearmPending(state, rearm);
    state.changes.rearms.push(rearm);
  }
}

// What the same batch told is not in the database yet: it is written as armed again.
function rearmPending({ changes }: ClientState, { meter, threshold, at }: Rearm): void {
  changes.alerts.forEach((alert, index) => {
    if (alert.meter !== meter || alert.threshold !== threshold || alert.rearmedAt) return;
    changes.alerts[index] = { ...alert, rearmedAt: at };
  });
}
