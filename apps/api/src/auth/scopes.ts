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
