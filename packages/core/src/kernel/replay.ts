import { DomainError } from '@retainer/domain';

/** The refusal of a key that came before with something else; `path` is the field it came in. */
export function keyReused(path: string): DomainError {
  const message = 'was already used for something else. Use a new key for a new request';
  return new DomainError('idempotency_conflict', `${path}: ${message}`, {
    issues: [{ path, message }],
  });
}
