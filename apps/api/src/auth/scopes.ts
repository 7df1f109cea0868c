import { DomainError } from '@retainer/domain';

import type { Actor } from './actor.ts';

/** What a procedure is, as far as a scope can tell. */
export interface ScopedCall {
  /** `hooks.postCreated`, say. */
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
}

/**
 * Whether one of `scopes` opens the call: `*` opens everything, `read` what changes nothing,
 * `hooks` (or `hooks.*`) a noun, `hooks.check` one procedure.
 */
export function isInScope(scopes: readonly string[], call: ScopedCall): boolean {
  const noun = call.path.split('.', 1)[0] ?? call.path;
  return scopes.some(
    (scope) =>
      scope === '*' ||
      (scope === 'read' && call.type !== 'mutation') ||
      scope === noun ||
      scope === `${noun}.*` ||
      scope === call.path,
  );
}

/** Refuses a key that opens only part of its role: what it made could open more than the key itself. */
export function assertUnscoped(actor: Actor): void {
  const key = 'key' in actor ? actor.key : undefined;
  if (!key || key.scopes.includes('*')) return;
  throw new DomainError('forbidden', 'An API key with scopes cannot make tokens or other keys.');
}
