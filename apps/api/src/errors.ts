import { DomainError, type DomainErrorCode, type InputIssue } from '@retainer/domain';
import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';

import { databaseFault } from './database-fault.ts';
import { DOMAIN_CODES } from './domain-codes.ts';
import { isZodError, issuesOf, type ZodFailure } from './input-issues.ts';

/** Refusals of the transport itself, beside the domain's. */
export type EdgeErrorCode =
  | 'malformed_request'
  | 'unauthenticated'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'timeout'
  | 'internal';

/** Every `code` a caller can read in an error. */
export type ApiErrorCode = DomainErrorCode | EdgeErrorCode;

/** What of an error may be said to a caller. REST and tRPC both say exactly this. */
export interface Refusal {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly issues: readonly InputIssue[];
  readonly retryAfterSeconds: number | undefined;
}

interface TransportStatus {
  readonly status: number;
  readonly code: ApiErrorCode;
}

/** How each transport code reads when no domain error says more. */
const TRANSPORT: Partial<Record<TRPC_ERROR_CODE_KEY, TransportStatus>> = {
  PARSE_ERROR: { status: 400, code: 'malformed_request' },
  BAD_REQUEST: { status: 400, code: 'invalid_input' },
  UNAUTHORIZED: { status: 401, code: 'unauthenticated' },
  FORBIDDEN: { status: 403, code: 'forbidden' },
  NOT_FOUND: { status: 404, code: 'not_found' },
  METHOD_NOT_SUPPORTED: { status: 405, code: 'method_not_allowed' },
  TIMEOUT: { status: 408, code: 'timeout' },
  CONFLICT: { status: 409, code: 'conflict' },
  PAYLOAD_TOO_LARGE: { status: 413, code: 'payload_too_large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, code: 'unsupported_media_type' },
  UNPROCESSABLE_CONTENT: { status: 422, code: 'invalid_input' },
  TOO_MANY_REQUESTS: { status: 429, code: 'rate_limited' },
  SERVICE_UNAVAILABLE: { status: 503, code: 'unavailable' },
};

const MASKED: Refusal = {
  code: 'internal',
  status: 500,
  detail: 'Something went wrong on our side. The request id leads us to it.',
  issues: [],
  retryAfterSeconds: undefined,
};

const RETRY_AFTER_SECONDS = 1;
/** Streams last: a place is not free again in a moment. */
const RETRY_STREAM_SECONDS = 10;

/** Turns whatever a procedure threw into the tRPC error that carries the right status, with the thrown thing as its cause. */
export function toTRPCError(thrown: unknown): TRPCError {
  const cause = causeOf(thrown);
  const domain = domainErrorOf(cause);
  if (domain) {
    return new TRPCError({
      code: DOMAIN_CODES[domain.code],
      message: domain.message,
      cause: domain,
    });
  }
  if (thrown instanceof TRPCError) return thrown;
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: MASKED.detail, cause });
}

/** What a caller is told about `thrown`. Anything not foreseen is masked; its cause is for the log. */
export function refusalOf(thrown: unknown): Refusal {
  const cause = causeOf(thrown);
  const domain = domainErrorOf(cause);
  if (domain) return refusalOfDomain(domain);
  if (!(thrown instanceof TRPCError)) return MASKED;
  const known = TRANSPORT[thrown.code];
  if (!known) return MASKED;
  // A BAD_REQUEST that wraps another error comes from reading the body, and would quote it.
  const malformed =
    thrown.code === 'PARSE_ERROR' || (thrown.code === 'BAD_REQUEST' && cause !== thrown);
  return {
    code: malformed ? 'malformed_request' : known.code,
    status: known.status,
    detail: malformed
      ? 'The request cannot be read: it is not the JSON it should be.'
      : thrown.message,
    issues: [],
    retryAfterSeconds: known.status === 503 ? RETRY_AFTER_SECONDS : undefined,
  };
}

/**
 * What lies under tRPC's wrapping. Not when tRPC found our own answer to be wrong: that too is a
 * failure of a schema, but no fault of the caller's.
 */
function causeOf(thrown: unknown): unknown {
  if (!(thrown instanceof TRPCError) || !thrown.cause) return thrown;
  const wrapsAsIs =
    thrown.code !== 'INTERNAL_SERVER_ERROR' || thrown.message === thrown.cause.message;
  return wrapsAsIs ? thrown.cause : thrown;
}

function refusalOfDomain(error: DomainError): Refusal {
  const { status } = TRANSPORT[DOMAIN_CODES[error.code]] ?? MASKED;
  return {
    code: error.code,
    status,
    detail: error.message,
    issues: error.issues,
    retryAfterSeconds: retryAfterOf(error.code),
  };
}

function retryAfterOf(code: DomainErrorCode): number | undefined {
  if (code === 'too_many_streams') return RETRY_STREAM_SECONDS;
  return code === 'unavailable' ? RETRY_AFTER_SECONDS : undefined;
}

/** The domain's word for what was thrown, where it has one: a refusal, a bad input, or a database that cannot answer. */
function domainErrorOf(cause: unknown): DomainError | undefined {
  if (cause instanceof DomainError) return cause;
  if (isZodError(cause)) return invalidInput(cause);
  switch (databaseFault(cause)) {
    case 'bad_value':
      return new DomainError(
        'invalid_input',
        'A value has a form that cannot be stored. Send text without control characters, and numbers and dates within their ranges.',
        { cause },
      );
    case 'away':
      return new DomainError('unavailable', 'The database cannot answer now. Try again.', {
        cause,
      });
    case undefined:
      return undefined;
  }
}

/** A rule in a schema may name the domain code it stands for; when nothing else is wrong, that code is the answer. */
function invalidInput(failure: ZodFailure): DomainError {
  const issues = issuesOf(failure.issues);
  const codes = new Set(issues.map((issue) => issue.code ?? 'invalid_input'));
  const [only] = codes;
  const code = codes.size === 1 && only !== undefined ? only : 'invalid_input';
  const [first] = issues;
  const detail = first
    ? `${first.path === '' ? 'The input' : first.path}: ${first.message}`
    : 'The input is not valid.';
  return new DomainError(code, detail, {
    issues: issues.map(({ path, message }) => ({ path, message })),
    cause: failure,
  });
}
