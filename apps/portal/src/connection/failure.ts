/** A field that was wrong. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What else is known of a failure. */
export interface FailureFacts {
  readonly status?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Something that was asked for and did not come. `code` is the API's own, or `offline` where no answer came,
 * `no_token` where the host gave none, `bad_answer` where what came is not Retainer's.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly status: number | undefined;
  readonly issues: readonly Issue[];
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, facts: FailureFacts = {}) {
    super(message, { cause: facts.cause });
    this.code = code;
    this.status = facts.status;
    this.issues = facts.issues ?? [];
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** Whether asking again, with nothing changed, may help. */
export function isPassing({ code, status = 0 }: Failure): boolean {
  return code === 'offline' || status === 429 || status >= 500;
}

/** `thrown` as a failure; one that is none yet is `offline`, which is how `fetch` says that no answer came. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure('offline', 'Retainer cannot be reached.', { cause: thrown });
}
