import type { DomainErrorCode } from '@retainer/domain';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';

/** The only place a domain refusal becomes a transport status. A new code will not compile until it is here. */
export const DOMAIN_CODES = {
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  idempotency_conflict: 'CONFLICT',
  forbidden: 'FORBIDDEN',
  invalid_input: 'BAD_REQUEST',
  scheduled_in_past: 'UNPROCESSABLE_CONTENT',
  not_held: 'UNPROCESSABLE_CONTENT',
  invalid_quantity: 'UNPROCESSABLE_CONTENT',
  unknown_meter: 'UNPROCESSABLE_CONTENT',
  invalid_time_zone: 'UNPROCESSABLE_CONTENT',
  already_ended: 'UNPROCESSABLE_CONTENT',
  no_assignment: 'UNPROCESSABLE_CONTENT',
  not_trialing: 'UNPROCESSABLE_CONTENT',
  tier_archived: 'UNPROCESSABLE_CONTENT',
  tier_in_use: 'UNPROCESSABLE_CONTENT',
  currency_mismatch: 'UNPROCESSABLE_CONTENT',
  period_inverted: 'UNPROCESSABLE_CONTENT',
  too_many_streams: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} satisfies Record<DomainErrorCode, TRPC_ERROR_CODE_KEY>;

/** Whether `code` is one of the domain's. */
export function isDomainErrorCode(code: unknown): code is DomainErrorCode {
  return typeof code === 'string' && Object.hasOwn(DOMAIN_CODES, code);
}
