/** Every way a use case can refuse. The API maps each code to a status once; a new code will not compile until it is mapped. */
export type DomainErrorCode =
  | 'not_found'
  | 'conflict'
  | 'forbidden'
  | 'invalid_input'
  | 'idempotency_conflict'
  | 'scheduled_in_past'
  | 'not_held'
  | 'invalid_quantity'
  | 'unknown_meter'
  | 'invalid_time_zone'
  | 'already_ended'
  | 'no_assignment'
  | 'not_trialing'
  | 'tier_archived'
  | 'tier_in_use'
  | 'currency_mismatch'
  | 'period_inverted'
  | 'too_many_streams'
  | 'unavailable';

/** One thing that was wrong with an input: where, and what would be right. */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** A refusal with a stable code; its message is written for the caller and never holds a query or a secret. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;
  readonly issues: readonly InputIssue[];

  constructor(
    code: DomainErrorCode,
    message: string,
    options: ErrorOptions & { readonly issues?: readonly InputIssue[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.issues = options.issues ?? [];
  }
}
