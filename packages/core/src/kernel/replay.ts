import { isDeepStrictEqual } from 'node:util';

import { DomainError } from '@retainer/domain';

/** Whether what was stored says all that is said now: the same request under the same key. */
export function saysTheSame(stored: unknown, said: object): boolean {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    Object.entries(said).every(([name, value]) =>
      isDeepStrictEqual(value, Object.getOwnPropertyDescriptor(stored, name)?.value),
    )
  );
}

/** The refusal of a key that came before with something else; `path` is the field it came in. */
export function keyReused(path: string): DomainError {
  const message = 'was already used for something else. Use a new key for a new request';
  return new DomainError('idempotency_conflict', `${path}: ${message}`, {
    issues: [{ path, message }],
  });
}
