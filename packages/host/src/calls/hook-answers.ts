import type { InputIssue, Meter, ReasonCode } from '@retainer/domain';

/** An instant in an answer: ISO 8601 in UTC. */
export type InstantText = string;

/** A span of time, up to and not including its end. */
export interface AnsweredWindow {
  readonly start: InstantText;
  readonly end: InstantText;
}

/** What is taken of one limit; a `platform` of null is the meter as a whole. */
export interface Usage {
  readonly meter: Meter;
  readonly platform: string | null;
  readonly window: AnsweredWindow | null;
  readonly used: number;
  readonly held: number;
  /** null is unlimited, 0 is none. */
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly over: number;
  readonly percent: string | null;
  readonly resetsAt: InstantText | null;
}

/** Why an ask was denied, or is warned about; counts are before the ask. */
export interface DecisionReason {
  readonly code: ReasonCode;
  readonly meter: Meter;
  readonly platform: string | null;
  readonly limit: number | null;
  readonly used: number;
  readonly held: number;
  readonly asked: number;
  readonly window: AnsweredWindow | null;
  readonly resetsAt: InstantText | null;
  /** A sentence for the person who is denied. */
  readonly message: string;
}

/** The answer to an ask. */
export interface Decision {
  readonly decision: 'allow' | 'warn' | 'deny';
  readonly reservationId: string | null;
  /** The same request was answered before. */
  readonly replayed: boolean;
  readonly reasons: readonly DecisionReason[];
  /** Of a denial: when the same ask would fit. */
  readonly nextFitAt: InstantText | null;
  /** Of a denial: the smallest tier that would have allowed it. */
  readonly suggestedTier: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
  } | null;
  readonly usage: readonly Usage[];
  readonly flags: readonly string[];
}

/** The answer to a report. */
export interface Settlement {
  /** `held` answers a failure that the host may retry: the hold stays. */
  readonly status: 'committed' | 'released' | 'rejected' | 'not_found' | 'held';
  readonly replayed: boolean;
  readonly late: boolean;
  readonly overLimit: boolean;
  readonly window: AnsweredWindow | null;
  readonly reason: 'already_committed' | 'already_released' | 'not_held' | 'was_denied' | null;
  readonly flags: readonly string[];
}

/** What became of each post that a hold was made for. */
export interface Attachment {
  readonly reservationId: string;
  readonly attached: readonly string[];
  /** Posts that were counted on their own: the hold gave their part back. */
  readonly alreadyCounted: readonly string[];
}

/** What became of observations. */
export interface RecordedMetrics {
  readonly accepted: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly repeated: number;
  /** The names under which labels are kept that Retainer does not know. */
  readonly otherMetrics: readonly string[];
}

/** What one of many hooks came to. */
export type HookOutcome =
  | { readonly ok: true; readonly answer: Decision | Settlement | Attachment }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: string;
        readonly detail: string;
        readonly issues: readonly InputIssue[];
      };
    };

/** The answer to everything under `/api/hooks`, by the name of the hook. */
export interface HookAnswers {
  readonly check: Decision;
  readonly reserve: Decision;
  readonly commit: Settlement;
  readonly release: Settlement;
  readonly move: Decision;
  readonly attach: Attachment;
  readonly postCreated: Decision;
  readonly postUpdated: Decision;
  readonly postPublished: Settlement;
  readonly postFailed: Settlement;
  readonly postDeleted: Settlement;
  readonly uploadCreated: Decision;
  readonly uploadDeleted: Decision;
  readonly metrics: RecordedMetrics;
  readonly events: { readonly results: readonly HookOutcome[] };
}
