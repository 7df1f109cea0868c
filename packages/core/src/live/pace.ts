import {
  changesSince,
  hasChanged,
  type ChangeLog,
  type Changes,
  type Scope,
} from './change-log.ts';

/** What a stream said last. */
export interface Told {
  /** Everything up to this version is known at the other end; undefined where nothing is. */
  readonly version: number | undefined;
  /** When that was, on a clock that only goes forward. */
  readonly atMs: number;
}

/** What a stream does next: say what changed, wait for its turn, or wait for a change. */
export type Step =
  | { readonly kind: 'tell'; readonly version: number; readonly changes: Changes }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'idle'; readonly version: number };

/** A stream says something at most this often. */
const EVERY_MS = 1_000;

/** A stream that is opened, or opened again by somebody who knows a version. */
export function openedAt(version: number | undefined): Told {
  return { version, atMs: -Infinity };
}

/**
 * The next step of a stream. It says nothing twice and leaves nothing out: what changed while it had to wait comes
 * together, under the version that it has come to by then.
 */
export function nextStep(
  log: ChangeLog,
  scope: Scope,
  { told, nowMs }: { readonly told: Told; readonly nowMs: number },
): Step {
  const { version } = told;
  if (version !== undefined && !hasChanged(log, scope, version)) return { kind: 'idle', version };
  const ms = told.atMs + EVERY_MS - nowMs;
  if (ms > 0) return { kind: 'pause', ms };
  const changes = version === undefined ? 'any' : changesSince(log, scope, version);
  return { kind: 'tell', version: log.latest, changes };
}
