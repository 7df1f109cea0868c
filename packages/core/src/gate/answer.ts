import {
  spanOf,
  type Limit,
  type Meter,
  type Reason,
  type ReasonCode,
  type UsageRow,
  type Window,
} from '@retainer/domain';

/** A span of time on the wire: from `start`, up to and not including `end`. */
export interface WindowDto {
  readonly start: Date;
  readonly end: Date;
}

/** What is taken of one limit. */
export interface Usage {
  readonly meter: Meter;
  readonly platform: string | null;
  readonly window: WindowDto | null;
  readonly used: number;
  readonly held: number;
  readonly limit: Limit;
  readonly remaining: Limit;
  readonly over: number;
  readonly percent: string | null;
  readonly resetsAt: Date | null;
}

/** One reason of a decision, with the counts before the ask. */
export interface DecisionReason {
  readonly code: ReasonCode;
  readonly meter: Meter;
  readonly platform: string | null;
  readonly limit: Limit;
  readonly used: number;
  readonly held: number;
  readonly asked: number;
  readonly window: WindowDto | null;
  readonly resetsAt: Date | null;
  readonly message: string;
}

/** The answer to an ask. `reasons` count before it, `usage` after it. */
export interface Decision {
  readonly decision: 'allow' | 'warn' | 'deny';
  readonly reservationId: string | null;
  readonly replayed: boolean;
  readonly reasons: readonly DecisionReason[];
  readonly nextFitAt: Date | null;
  readonly suggestedTier: SuggestedTier | null;
  readonly usage: readonly Usage[];
  readonly flags: readonly string[];
}

/** The answer when nothing was asked for. */
export const NOTHING_ASKED: Decision = {
  decision: 'allow',
  reservationId: null,
  replayed: false,
  reasons: [],
  nextFitAt: null,
  suggestedTier: null,
  usage: [],
  flags: [],
};

/** The smallest tier that would have allowed a denied ask. */
export interface SuggestedTier {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** The answer to a settlement. */
export interface Settlement {
  /** `held` answers a failure that the host may retry: the hold stays. */
  readonly status: 'committed' | 'released' | 'rejected' | 'not_found' | 'held';
  readonly replayed: boolean;
  readonly late: boolean;
  readonly overLimit: boolean;
  readonly window: WindowDto | null;
  readonly reason: 'already_committed' | 'already_released' | 'not_held' | 'was_denied' | null;
  readonly flags: readonly string[];
}

/** A window for the wire; a level has none. */
export function windowDto(window: Window | undefined): WindowDto | null {
  if (!window || !Number.isFinite(window.start)) return null;
  return { start: new Date(window.start), end: new Date(window.end) };
}

/** A usage row for the wire. */
export function usageDto(row: UsageRow): Usage {
  const window = windowDto(row.window);
  return {
    meter: row.meter,
    platform: row.platform || null,
    window,
    used: row.used,
    held: row.held,
    limit: row.limit,
    remaining: row.remaining,
    over: row.over,
    percent: row.percent ?? null,
    resetsAt: window?.end ?? null,
  };
}

/** Reasons for the wire, each with a sentence that says what to do. */
export function reasonDto(reason: Reason): DecisionReason {
  const window = windowDto(reason.window);
  return {
    code: reason.code,
    meter: reason.meter,
    platform: reason.platform || null,
    limit: reason.limit ?? (reason.code === 'not_in_tier' ? 0 : null),
    used: reason.used,
    held: reason.held,
    asked: reason.asked,
    window,
    resetsAt: window?.end ?? null,
    message: messageOf(reason),
  };
}

const METER_NAMES: Readonly<Record<Meter, string>> = {
  posts: 'posts a week',
  ai_generations: 'AI generations a billing period',
  reports: 'reports a billing period',
  storage_bytes: 'bytes of storage',
  library_items: 'library items',
};

const STATE_MESSAGES = {
  no_assignment: 'This client has no tier at that time. Assign one to let it publish.',
  assignment_ended: 'The service of this client has ended. Assign a tier to start again.',
  trial_ended:
    'The trial has ended. Assign the tier without a trial end to start the paid service.',
  assignment_paused: 'The service of this client is paused. Resume it to take new posts.',
  assignment_past_due: 'This client is past due, and the agency stops new posts until it is paid.',
} as const;

function messageOf(reason: Reason): string {
  const where = reason.platform ? ` on ${reason.platform}` : '';
  const name = `${METER_NAMES[reason.meter]}${where}`;
  const taken = `${reason.used} used and ${reason.held} held`;
  switch (reason.code) {
    case 'no_assignment':
    case 'assignment_ended':
    case 'trial_ended':
    case 'assignment_paused':
    case 'assignment_past_due':
      return STATE_MESSAGES[reason.code];
    case 'not_in_tier':
      return `The tier does not include ${name}.`;
    case 'limit_is_zero':
      return `The tier allows no ${name}.`;
    case 'limit_reached':
      return `${reason.asked} more would pass the limit of ${reason.limit} ${name}: ${taken}.${resetText(reason)}`;
    case 'soft_limit_exceeded':
      return `Allowed past the soft limit of ${reason.limit} ${name}: ${taken}, ${reason.asked} asked.`;
    case 'near_limit':
      return `Close to the limit of ${reason.limit} ${name}: ${taken}, ${reason.asked} asked.`;
    case 'platform_not_in_tier':
      return `The tier does not include ${reason.platform}.`;
    case 'platform_count':
      return `The tier covers ${reason.limit} platforms a week; ${reason.used + reason.held} are in use and ${reason.asked} more were asked.`;
  }
}

function resetText(reason: Reason): string {
  if (!reason.window || spanOf(reason.meter) === 'level') return '';
  return ` It resets at ${new Date(reason.window.end).toISOString()}.`;
}
