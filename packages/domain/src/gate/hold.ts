import type { Instant, Window } from '../calendar/instant.ts';
import type { CountBy, Meter } from '../tiers/terms.ts';

/** One channel of a hold: waiting, published, or no longer to be. */
export interface Unit {
  /** The host's channel id; '' where a hold names no channel. */
  readonly channel: string;
  /** The canonical network; '' where a hold names none. */
  readonly platform: string;
  readonly state: 'held' | 'used' | 'gone';
  /** Why a unit is gone: only an expired one makes a later publish late rather than unchecked. */
  readonly gone?: 'released' | 'expired' | 'denied' | undefined;
  /** The host's post on this channel, where it differs from channel to channel. */
  readonly postId?: string | undefined;
  /** The time of the last event applied to this unit; an older one changes nothing. */
  readonly at?: Instant | undefined;
  /** When the sweep releases it while it is still held. */
  readonly expiresAt: Instant;
  /** The occurrence it was published as. */
  readonly publishedAs?: string | undefined;
}

/** What a hold takes of one counter. `platform` is '' for the meter as a whole. */
export interface ReceiptLine {
  readonly platform: string;
  readonly used: number;
  readonly held: number;
}

/** The counters a hold touched: settlement applies these, never "now". */
export interface Receipt {
  readonly window: Window;
  readonly lines: readonly ReceiptLine[];
}

/** What a receipt is computed from. */
export interface Contribution {
  readonly quantity: number;
  readonly countBy: CountBy;
  readonly units: readonly Unit[];
}

export type HoldStatus = 'held' | 'committed' | 'released' | 'expired' | 'denied';

/** Capacity taken for one occurrence of a post, or for a quantity of any meter. */
export interface Hold extends Contribution {
  readonly seriesId: string;
  readonly occurrence: string;
  readonly meter: Meter;
  readonly scheduledAt: Instant;
  readonly status: HoldStatus;
  /** When the sweep releases what is still held; undefined when nothing is. */
  readonly expiresAt: Instant | undefined;
  readonly receipt: Receipt;
  readonly flags: readonly HoldFlag[];
  /** Grows with every change, so that a ledger row is written once. */
  readonly step: number;
}

export type HoldFlag = 'unchecked' | 'over_limit_unchecked' | 'late' | 'overage' | 'memo';

/** How long a hold outlives its scheduled time. Pinned by domain rule 5. */
export const GRACE_MS: number = 72 * 3_600_000;

/** How long a failure that the host may retry keeps its hold. Pinned by domain rule 4. */
export const RETRY_MS: number = 120 * 60_000;

/**
 * The lines of a receipt. `post`: the total counts once, used from the first published unit, released with
 * the last; `channel`: once a unit. A platform counts once a post, or once for each of its channels.
 */
export function receiptLines(hold: Contribution): ReceiptLine[] {
  const lines = [countLine('', hold.units, hold)];
  const platforms = new Set(hold.units.map((unit) => unit.platform).filter(Boolean));
  for (const platform of [...platforms].toSorted()) {
    lines.push(
      countLine(
        platform,
        hold.units.filter((unit) => unit.platform === platform),
        hold,
      ),
    );
  }
  return lines.filter((line) => line.used > 0 || line.held > 0);
}

function countLine(platform: string, units: readonly Unit[], hold: Contribution): ReceiptLine {
  const used = units.filter((unit) => unit.state === 'used').length;
  const held = units.filter((unit) => unit.state === 'held').length;
  if (hold.countBy === 'channel') {
    return { platform, used: used * hold.quantity, held: held * hold.quantity };
  }
  if (used > 0) return { platform, used: hold.quantity, held: 0 };
  return { platform, used: 0, held: held > 0 ? hold.quantity : 0 };
}

/** The status that follows from the units: held while one waits, committed once one was published. */
export function statusOf(units: readonly Unit[]): HoldStatus {
  if (units.some((unit) => unit.state === 'held')) return 'held';
  if (units.some((unit) => unit.state === 'used')) return 'committed';
  if (units.some((unit) => unit.gone === 'expired')) return 'expired';
  return units.some((unit) => unit.gone === 'denied') ? 'denied' : 'released';
}

/** When the sweep must next look at a hold: the earliest end among the units that wait. */
export function dueAt(units: readonly Unit[]): Instant | undefined {
  const ends = units.filter((unit) => unit.state === 'held').map((unit) => unit.expiresAt);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
