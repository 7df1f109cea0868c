import type { HookOutcome } from './hook-answers.ts';
import { HookError, isUndecided } from './hook-error.ts';

/**
 * Tells events together and answers with what became of each. Where one of them cannot be read at all, Retainer refuses
 * the whole request: then each half is told by itself, in order, until only that one is refused. Rejects where Retainer
 * cannot be told now; what was told before that may be told again.
 */
export async function tellApart<T>(
  events: readonly T[],
  tell: (events: readonly T[]) => Promise<readonly HookOutcome[]>,
): Promise<readonly HookOutcome[]> {
  try {
    return await tell(events);
  } catch (error) {
    if (!(error instanceof HookError) || isUndecided(error)) throw error;
    if (events.length === 1) return [refused(error)];
  }
  const half = Math.ceil(events.length / 2);
  const first = await tellApart(events.slice(0, half), tell);
  return [...first, ...(await tellApart(events.slice(half), tell))];
}

function refused({ code, message: detail, issues }: HookError): HookOutcome {
  return { ok: false, error: { code, detail, issues: [...issues] } };
}
