import type { Decision, HookOutcome } from '../calls/hook-answers.ts';
import type { HookEvent } from '../calls/hook-bodies.ts';
import type { HookCalls } from '../calls/hook-calls.ts';
import { HookError, isUndecided } from '../calls/hook-error.ts';
import { tellApart } from '../calls/tell-apart.ts';

/** What came of an ask: all its parts were taken, or none was. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly decisions: readonly Decision[] }
  /** The first part that was denied, and its place in the ask. */
  | { readonly kind: 'denied'; readonly decision: Decision; readonly index: number }
  /** Retainer could not say. */
  | { readonly kind: 'unavailable'; readonly error: HookError }
  /** Retainer says that the ask makes no sense. */
  | { readonly kind: 'refused'; readonly error: HookError; readonly index: number };

/** Asks Retainer for capacity. */
export interface AskDesk {
  readonly ask: (events: readonly HookEvent[]) => Promise<Verdict>;
}

/** Calls to Retainer at the same time; what waits meanwhile shares the next one, and its commit. */
const MOST_CALLS = 2;
const MOST_TOGETHER = 100;

interface Waiting {
  readonly event: HookEvent;
  readonly answer: (verdict: Verdict) => void;
}

/** A desk that asks one by one while it is quiet, and many together when it is not. */
export function createAskDesk(hooks: Pick<HookCalls, 'events'>): AskDesk {
  const waiting: Waiting[] = [];
  let calls = 0;

  const pump = (): void => {
    while (calls < MOST_CALLS && waiting.length > 0) {
      calls += 1;
      const batch = waiting.splice(0, MOST_TOGETHER);
      void askApart(hooks, batch).finally(() => {
        calls -= 1;
        pump();
      });
    }
  };
  return {
    ask(events) {
      const [event] = events;
      if (!event) return Promise.resolve({ kind: 'allowed', decisions: [] });
      if (events.length > 1) return askWhole(hooks, events);
      return new Promise((answer) => {
        waiting.push({ event, answer });
        // Whoever asks in the same moment comes along.
        if (waiting.length === 1) queueMicrotask(pump);
      });
    },
  };
}

/** Asks of different callers, each answered for itself. */
async function askApart(
  hooks: Pick<HookCalls, 'events'>,
  batch: readonly Waiting[],
): Promise<void> {
  try {
    // One that cannot be read must not take the others along: they would go unjudged.
    const results = await tellApart(
      batch.map(({ event }) => event),
      async (events) => (await hooks.events({ events })).results,
    );
    batch.forEach(({ answer }, index) => answer(verdictOf([results[index]])));
  } catch (cause) {
    const verdict = failed(cause);
    for (const { answer } of batch) answer(verdict);
  }
}

/** The parts of one ask: all of them or none. */
async function askWhole(
  hooks: Pick<HookCalls, 'events'>,
  events: readonly HookEvent[],
): Promise<Verdict> {
  try {
    return verdictOf((await hooks.events({ events, atomic: true })).results);
  } catch (cause) {
    return failed(cause);
  }
}

function verdictOf(results: readonly (HookOutcome | undefined)[]): Verdict {
  const denied = results.findIndex((result) => decisionIn(result)?.decision === 'deny');
  const denial = decisionIn(results[denied]);
  if (denial) return { kind: 'denied', decision: denial, index: denied };
  // Of an atomic ask, the part that was refused says why; the others only that they were not taken.
  const refusals = results.flatMap((result, index) =>
    result?.ok === false ? [{ error: result.error, index }] : [],
  );
  const refused = refusals.find(({ error }) => error.code !== 'conflict') ?? refusals[0];
  if (refused) return refusal(refused.error, refused.index);
  return { kind: 'allowed', decisions: results.flatMap((result) => decisionIn(result) ?? []) };
}

function decisionIn(result: HookOutcome | undefined): Decision | undefined {
  return result?.ok && 'decision' in result.answer ? result.answer : undefined;
}

function refusal(
  error: { readonly code: string; readonly detail: string },
  index: number,
): Verdict {
  const { code, detail } = error;
  return { kind: 'refused', error: new HookError(detail, { code, status: 422 }), index };
}

function failed(cause: unknown): Verdict {
  if (!(cause instanceof HookError)) throw cause;
  return isUndecided(cause)
    ? { kind: 'unavailable', error: cause }
    : { kind: 'refused', error: cause, index: 0 };
}
