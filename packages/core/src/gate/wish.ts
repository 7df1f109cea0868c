import {
  denies,
  dueAt,
  GRACE_MS,
  judge,
  lastSegmentAt,
  outcomeOf,
  receiptLines,
  statusOf,
  windowAt,
  type Count,
  type CountBy,
  type HoldFlag,
  type Instant,
  type Meter,
  type Policy,
  type Reason,
  type ReceiptLine,
  type Unit,
  type Window,
} from '@retainer/domain';

import { reasonDto, type Decision, type Usage } from './answer.ts';
import { countsOf, windowKey, type ClientState, type HoldRow } from './client-state.ts';
import { addHold, changeHold } from './hold-changes.ts';
import { usageOf } from './state-usage.ts';

/** Capacity somebody wants for one occurrence; the hold it would become. */
export interface Wish {
  readonly occurrence: string;
  readonly meter: Meter;
  readonly quantity: number;
  readonly countBy: CountBy;
  readonly units: readonly Unit[];
  readonly scheduledAt: Instant;
  /** When tier and states are judged; publish-now is judged at its exact instant. */
  readonly judgedAt: Instant;
  readonly window: Window;
  /** The hold of this occurrence that is there already. */
  readonly hold: HoldRow | undefined;
}

/** An ask of one or several occurrences: all of them or none. */
export interface Asking {
  readonly now: Instant;
  readonly wishes: readonly Wish[];
  /** Holds of the same post that are given up if this is allowed. */
  readonly leaving?: readonly HoldRow[];
  /** The host did it without asking: never refused, flagged. */
  readonly observed: boolean;
}

/** Describes one wished occurrence under the terms in force at its time. */
export function wishFor(
  policy: Policy,
  wish: {
    readonly occurrence: string;
    readonly meter: Meter;
    readonly quantity: number;
    readonly channels: readonly { readonly id: string; readonly platform: string }[];
    readonly scheduledAt: Instant;
    readonly judgedAt: Instant;
    readonly expiresAt: Instant | undefined;
    readonly hold: HoldRow | undefined;
  },
): Wish {
  const terms = lastSegmentAt(policy, wish.judgedAt)?.terms;
  const expiresAt = wish.expiresAt ?? wish.scheduledAt + GRACE_MS;
  const channels = wish.channels.length > 0 ? wish.channels : [{ id: '', platform: '' }];
  return {
    occurrence: wish.occurrence,
    meter: wish.meter,
    quantity: wish.quantity,
    countBy: terms?.countBy ?? 'post',
    units: channels.map(({ id, platform }) => ({
      channel: id,
      platform,
      state: 'held',
      expiresAt,
    })),
    scheduledAt: wish.scheduledAt,
    judgedAt: wish.judgedAt,
    window: windowAt(policy, wish.meter, wish.judgedAt),
    hold: wish.hold,
  };
}

/** Judges every wish in turn, each seeing what those before it would take. */
export function judgeWishes(state: ClientState, policy: Policy, asking: Asking): Reason[] {
  const seen = countsLeft(state, asking);
  const reasons: Reason[] = [];
  for (const wish of asking.wishes) {
    const key = windowKey(wish.meter, wish.window);
    const counts = seen.get(key) ?? countsOf(state, wish.meter, wish.window);
    const before = linesInWindow(wish);
    const after = receiptLines(wish);
    const { meter, window } = wish;
    const ask = { meter, now: asking.now, scheduledAt: wish.judgedAt, window, before, after };
    for (const reason of judge(policy, counts, ask)) {
      if (!reasons.some((one) => isSame(one, reason))) reasons.push(reason);
    }
    seen.set(key, added(counts, before, after));
  }
  return reasons.toSorted((a, b) => Number(denies(b)) - Number(denies(a)));
}

// What moves to another window or is given up leaves first: one occurrence may take the place of the next.
function countsLeft(
  state: ClientState,
  { wishes, leaving = [] }: Asking,
): Map<string, ReadonlyMap<string, Count>> {
  const left = new Map<string, ReadonlyMap<string, Count>>();
  const moving = wishes.filter(movesAway).flatMap(({ hold }) => hold ?? []);
  for (const { meter, receipt } of [...leaving, ...moving]) {
    const key = windowKey(meter, receipt.window);
    const counts = left.get(key) ?? countsOf(state, meter, receipt.window);
    left.set(key, added(counts, receipt.lines, []));
  }
  return left;
}

function movesAway({ hold, window }: Wish): boolean {
  return hold !== undefined && hold.receipt.window.start !== window.start;
}

/** Whose holds these are: the series they belong to and, for a keyed ask, how a repeat is known. */
export interface Series {
  readonly seriesId: string;
  readonly key: string | undefined;
  readonly payloadHash: string | undefined;
}

/** What taking came to. */
export interface Taken {
  readonly decision: Decision;
  /** The reasons that refused, also where an observed post was let pass. */
  readonly refusals: readonly Reason[];
}

/** Decides an ask and, unless it is denied, takes its holds. A denial is remembered under its key. */
export function takeWishes(state: ClientState, asking: Asking, series: Series): Taken {
  const reasons = judgeWishes(state, state.policy, asking);
  const refusals = reasons.filter(denies);
  const flags = flagsOf(asking, reasons);
  if (refusals.length > 0 && !asking.observed) rememberDenial(state, asking, series);
  else holdWishes(state, { ...asking, flags }, series);
  const [first] = asking.wishes;
  if (first?.hold) rememberKey(state, first, { ...series, now: asking.now });
  const outcome = outcomeOf(reasons);
  const decision: Decision = {
    decision: outcome === 'deny' && asking.observed ? 'warn' : outcome,
    reservationId: series.seriesId,
    replayed: false,
    // A denial names what was violated; what is merely near is no part of it.
    reasons: (refusals.length > 0 ? reasons.filter(isViolated) : reasons).map(reasonDto),
    nextFitAt: null,
    suggestedTier: null,
    usage: usageOfWishes(state, asking.wishes),
    flags,
  };
  return { decision, refusals };
}

function isViolated(reason: Reason): boolean {
  return reason.code !== 'near_limit';
}

function holdWishes(
  state: ClientState,
  asking: Asking & { readonly flags: readonly HoldFlag[] },
  series: Series,
): void {
  const at = asking.now;
  for (const hold of asking.leaving ?? []) {
    const units = hold.units.map((unit): Unit =>
      unit.state === 'held' ? { ...unit, state: 'gone', gone: 'released', at } : unit,
    );
    changeHold(state, hold, { units, at, kind: 'release' });
  }
  const transition = { at, kind: 'hold' };
  asking.wishes.forEach((wish, index) => {
    const { hold, units, window, scheduledAt, quantity } = wish;
    if (!hold) {
      const row = rowOf(wish, series, { isFirst: index === 0, now: asking.now });
      addHold(state, { ...row, flags: asking.flags }, transition);
      return;
    }
    const grows = !isCovered(wish);
    const flags = grows
      ? [...new Set([...hold.flags.filter(isLasting), ...asking.flags])]
      : hold.flags;
    changeHold(state, hold, { units, window, scheduledAt, quantity, flags, ...transition });
  });
}

/** Whether the hold that is there already takes all that is wished, in the same window. */
function isCovered(wish: Wish): boolean {
  const had = new Map(linesInWindow(wish).map((line) => [line.platform, line.used + line.held]));
  return receiptLines(wish).every((line) => line.used + line.held <= (had.get(line.platform) ?? 0));
}

// What was once late or over stays said; whether it was asked is told anew by each ask.
function isLasting(flag: HoldFlag): boolean {
  return flag === 'late' || flag === 'overage';
}

// One row answers for the whole ask: it took nothing.
function rememberDenial(state: ClientState, asking: Asking, series: Series): void {
  const [wish] = asking.wishes;
  if (!wish || wish.hold || (series.key === undefined && wish.meter !== 'posts')) return;
  const units = wish.units.map((unit): Unit => ({ ...unit, state: 'gone', gone: 'denied' }));
  const row = rowOf({ ...wish, units }, series, { isFirst: true, now: asking.now });
  addHold(
    state,
    { ...row, status: 'denied', settledAt: asking.now },
    { at: asking.now, kind: 'deny' },
  );
}

/** Remembers the key of an ask that made no hold of its own: the row takes nothing. */
export function rememberKey(
  state: ClientState,
  wish: Wish,
  ask: Series & { readonly now: Instant },
): void {
  if (ask.key === undefined) return;
  const units = wish.units.map((unit): Unit => ({ ...unit, state: 'gone', gone: 'released' }));
  const memo = { ...wish, units, occurrence: `key:${ask.key}` };
  const row = rowOf(memo, ask, { isFirst: true, now: ask.now });
  addHold(state, { ...row, flags: ['memo'], settledAt: ask.now }, { at: ask.now, kind: 'memo' });
}

/** A hold's row for a wish; only the first of a series carries the key. */
export function rowOf(
  wish: Wish,
  series: Series,
  place: { readonly isFirst: boolean; readonly now: Instant },
): HoldRow {
  return {
    seriesId: series.seriesId,
    occurrence: wish.occurrence,
    key: place.isFirst ? series.key : undefined,
    payloadHash: place.isFirst ? series.payloadHash : undefined,
    meter: wish.meter,
    quantity: wish.quantity,
    countBy: wish.countBy,
    scheduledAt: wish.scheduledAt,
    status: statusOf(wish.units),
    expiresAt: dueAt(wish.units),
    units: wish.units,
    receipt: { window: wish.window, lines: [] },
    flags: [],
    step: 0,
    answer: undefined,
    createdAt: place.now,
    settledAt: undefined,
  };
}

function flagsOf(asking: Asking, reasons: readonly Reason[]): readonly HoldFlag[] {
  if (asking.wishes.every(isCovered)) return asking.wishes[0]?.hold?.flags ?? [];
  const flags: HoldFlag[] = [];
  if (asking.observed) flags.push('unchecked');
  if (asking.observed && reasons.some(denies)) flags.push('over_limit_unchecked');
  if (reasons.some((reason) => reason.code === 'soft_limit_exceeded')) flags.push('overage');
  return flags;
}

function usageOfWishes(state: ClientState, wishes: readonly Wish[]): Usage[] {
  const seen = new Set<string>();
  const rows: Usage[] = [];
  for (const wish of wishes) {
    const key = windowKey(wish.meter, wish.window);
    if (seen.has(key)) continue;
    seen.add(key);
    const platforms = [...new Set(wish.units.map((unit) => unit.platform).filter(Boolean))];
    rows.push(
      ...usageOf(state, { meter: wish.meter, platforms, window: wish.window }, wish.judgedAt),
    );
  }
  return rows;
}

function linesInWindow(wish: Wish): readonly ReceiptLine[] {
  const receipt = wish.hold?.receipt;
  return receipt && receipt.window.start === wish.window.start ? receipt.lines : [];
}

function isSame(a: Reason, b: Reason): boolean {
  return (
    a.code === b.code &&
    a.meter === b.meter &&
    a.platform === b.platform &&
    a.window?.start === b.window?.start
  );
}

function added(
  counts: ReadonlyMap<string, Count>,
  before: readonly ReceiptLine[],
  after: readonly ReceiptLine[],
): Map<string, Count> {
  const next = new Map(counts);
  const add = (line: ReceiptLine, sign: 1 | -1): void => {
    const count = next.get(line.platform) ?? { used: 0, held: 0 };
    const used = count.used + sign * line.used;
    next.set(line.platform, { used, held: count.held + sign * line.held });
  };
  for (const line of before) add(line, -1);
  for (const line of after) add(line, 1);
  return next;
}
