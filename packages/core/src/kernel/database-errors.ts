import { DomainError } from '@retainer/domain';

import { errorCode } from './error-code.ts';

const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';
const SERIALIZATION_FAILURE = '40001';

/** SQLSTATE codes and classes that pass by themselves: the caller may try again. */
const PASSING = [
  '08', // connection
  '40', // serialization failure, deadlock
  '53', // out of connections, memory, disk
  '55P03', // lock timeout
  '57', // cancelled by timeout, shut down, starting up
  '25P03', // idle in transaction for too long
];

/** What node and pg call a connection that cannot be had or was lost. */
const LOST = [
  /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/u,
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection timeout|query read timeout/iu,
];

/** A database's error as a caller should hear of it; anything else comes back as it was. */
export function translateDatabaseError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof DomainError) return cause;
  const code = errorCode(cause) ?? '';
  if (code === UNIQUE_VIOLATION || code === EXCLUSION_VIOLATION) {
    return new DomainError('conflict', 'This clashes with something that exists already.', {
      cause,
    });
  }
  if (isUnreadable(cause)) return cause;
  const passing = code.length === 5 && PASSING.some((prefix) => code.startsWith(prefix));
  if (passing || LOST.some((sign) => sign.test(code) || sign.test(cause.message))) {
    return new DomainError('unavailable', 'The database is busy or away. Try again in a moment.', {
      cause,
    });
  }
  return cause;
}

/** A NUL within a statement ends it for PostgreSQL, which then calls the rest a breach of the protocol: no time heals it. */
function isUnreadable(cause: Error): boolean {
  return errorCode(cause) === '08P01' && cause.message.endsWith('invalid message format');
}

/** Whether a transaction in one view failed only because another one came first: it may be run again. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof DomainError && errorCode(error.cause) === SERIALIZATION_FAILURE;
}
