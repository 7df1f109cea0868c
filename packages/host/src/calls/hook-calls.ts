import type { HookAnswers } from './hook-answers.ts';
import type { HookBodies, HookName } from './hook-bodies.ts';
import type { Transport } from './transport.ts';

/** How one call is made. */
export interface CallOptions {
  /** Gives up on the call; what it told may have arrived all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** One hook: tells its body and hears its answer. */
export type HookCall<TName extends HookName> = (
  body: HookBodies[TName],
  options?: CallOptions,
) => Promise<HookAnswers[TName]>;

/** Every hook of one Retainer, by its name. Each rejects with a `HookError` alone. */
export type HookCalls = { readonly [TName in HookName]: HookCall<TName> };

/** The hooks of the Retainer that `transport` leads to: one request a call, no retries, nothing kept. */
export function createHookCalls(transport: Transport): HookCalls {
  return {
    check: callOf(transport, 'check'),
    reserve: callOf(transport, 'reserve'),
    commit: callOf(transport, 'commit'),
    release: callOf(transport, 'release'),
    move: callOf(transport, 'move'),
    attach: callOf(transport, 'attach'),
    postCreated: callOf(transport, 'postCreated'),
    postUpdated: callOf(transport, 'postUpdated'),
    postPublished: callOf(transport, 'postPublished'),
    postFailed: callOf(transport, 'postFailed'),
    postDeleted: callOf(transport, 'postDeleted'),
    uploadCreated: callOf(transport, 'uploadCreated'),
    uploadDeleted: callOf(transport, 'uploadDeleted'),
    metrics: callOf(transport, 'metrics'),
    events: callOf(transport, 'events'),
  };
}

function callOf<TName extends HookName>(transport: Transport, name: TName): HookCall<TName> {
  const path = `/api/hooks/${kebab(name)}`;
  return async (body, { signal } = {}) =>
    answerOf<TName>(await transport({ method: 'POST', path, body, signal }));
}

// The API checks each answer against its schema, and a test holds these types to it.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the answer is taken for
function answerOf<TName extends HookName>(json: unknown): HookAnswers[TName] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return json as HookAnswers[TName];
}

function kebab(name: HookName): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
