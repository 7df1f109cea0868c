import type { InputIssue } from '@retainer/domain';

/** What a failed call is known by. */
export interface HookErrorFacts {
  readonly code: string;
  readonly status?: number | undefined;
  readonly issues?: readonly InputIssue[];
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A call that brought no answer. Either Retainer refused it and changed nothing, or it could not be had
 * (`isUnavailable`), in which case it may or may not have taken what it was told: tell it again with the same key.
 */
export class HookError extends Error {
  override readonly name = 'HookError';
  /** Retainer's own code (`not_found`, `scheduled_in_past`, ...), or `unreachable`, `timed_out`, `unreadable_answer`. */
  readonly code: string;
  /** The HTTP status, if there was an answer at all. */
  readonly status: number | undefined;
  /** The fields that were wrong, and what would be right. */
  readonly issues: readonly InputIssue[];
  /** How long Retainer asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { code, status, issues, retryAfterMs, cause }: HookErrorFacts) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.status = status;
    this.issues = issues ?? [];
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same call may go through later: no answer, an unreadable one, 429 or 5xx. */
  get isUnavailable(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500;
  }
}

/**
 * Whether a failed call says nothing of what it told: no answer, one about who asks, or one of somebody else who stands
 * at Retainer's address. It can be told again.
 */
export function isUndecided(error: unknown): error is HookError {
  if (!(error instanceof HookError)) return false;
  const isNobody = error.code === 'unreadable_answer' && error.status === 404;
  return error.isUnavailable || isNobody || error.status === 401 || error.status === 403;
}
