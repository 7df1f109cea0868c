import type { Decision, HookCalls, HookEvent, HookOutcome } from '@retainer/host';

/** An event that was told, and what Retainer answered. */
export interface Told {
  readonly event: HookEvent;
  readonly outcome: HookOutcome | undefined;
}

/** Hooks that remember what went through them. */
export interface Recorder {
  readonly hooks: HookCalls;
  readonly told: readonly Told[];
  /** What denied, as it was answered. */
  readonly denials: () => readonly Decision[];
}

/** Records what gateway and poller tell; the calls themselves go on unchanged. */
export function recordHooks(hooks: HookCalls): Recorder {
  const told: Told[] = [];
  return {
    hooks: {
      ...hooks,
      async events(body, options) {
        const answer = await hooks.events(body, options);
        body.events.forEach((event, index) => told.push({ event, outcome: answer.results[index] }));
        return answer;
      },
    },
    told,
    denials: () =>
      told.flatMap(({ outcome }) =>
        outcome?.ok && 'decision' in outcome.answer && outcome.answer.decision === 'deny'
          ? [outcome.answer]
          : [],
      ),
  };
}
