import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { HookOutcome } from '../calls/hook-answers.ts';
import type { HookEvent } from '../calls/hook-bodies.ts';
import { HookError } from '../calls/hook-error.ts';
import { createErrands } from './errands.ts';
import { openMemory } from './state/memory.ts';
import type { StateStore } from './state/state-store.ts';

type Heard = readonly string[];
type Fate = 'is heard' | 'is away' | 'does not know the token';

const SILENT = { info: () => undefined, warn: () => undefined };
const OK: HookOutcome = {
  ok: true,
  answer: { reservationId: 'r', attached: [], alreadyCounted: [] },
};

function deletion(postId: string): HookEvent {
  return { type: 'postDeleted', clientWorkspaceId: 'bakery', postId };
}

/** A store in memory, as a restart finds it. */
function storeOf(entries: Map<string, unknown>): StateStore {
  return {
    read: async () => new Map(entries),
    write: async (changes) => {
      for (const { key, value } of changes) {
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      }
    },
    close: async () => undefined,
  };
}

/** Errands to a Retainer that takes no post whose id begins with `odd`, and a call at a time. */
async function world(entries = new Map<string, unknown>()) {
  const calls: Heard[] = [];
  let fate: Fate = 'is heard';
  const memory = await openMemory(storeOf(entries));
  const events = async ({ events: all }: { readonly events: readonly HookEvent[] }) => {
    const ids = all.map((event) => ('postId' in event ? event.postId : ''));
    if (fate === 'is away') throw new HookError('away', { code: 'unreachable' });
    if (fate !== 'is heard') throw new HookError('no', { code: 'unauthenticated', status: 401 });
    if (ids.some((id) => id.startsWith('odd')))
      throw new HookError('odd', { code: 'invalid_input', status: 400 });
    calls.push(ids);
    return { results: all.map(() => OK) };
  };
  const refused: string[] = [];
  const errands = createErrands(
    { memory, hooks: { events }, log: SILENT },
    ({ event, outcome }) => {
      if (!outcome.ok && 'postId' in event) refused.push(event.postId);
      return [];
    },
  );
  const tell = async (...ids: readonly string[]): Promise<void> => {
    for (const id of ids) await memory.put([errands.of([deletion(id)])]);
    errands.wake();
  };
  return {
    calls,
    entries,
    errands,
    memory,
    refused,
    tell,
    set: (next: Fate) => void (fate = next),
  };
}

describe('given errands', () => {
  test('when many come at once, then they go together', async () => {
    const { calls, errands, tell } = await world();
    const ids = Array.from({ length: 150 }, (_, index) => `p${index}`);
    for (const id of ids) await tell(id);
    expect(await errands.idle()).toBe(true);
    expect(calls).toEqual([ids]);
  });

  test.for(['is away', 'does not know the token'] as const)(
    'when Retainer %s, then they wait, and a restart tells them in their order',
    async (fate) => {
      const first = await world();
      first.set(fate);
      await first.tell('p1', 'p2');
      expect(await first.errands.idle()).toBe(false);
      first.errands.close();
      expect(first.memory.errands.size).toBe(2);
      const next = await world(first.entries);
      await next.tell('p3');
      expect(await next.errands.idle()).toBe(true);
      expect(next.calls).toEqual([['p1', 'p2', 'p3']]);
      expect(next.memory.errands.size).toBe(0);
    },
  );

  test('when some cannot be read, then only they are not heard, whatever the outages between', async () => {
    const id = fc.nat({ max: 3 }).map((kind) => (kind === 0 ? 'odd' : 'p'));
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.array(id, { minLength: 1, maxLength: 8 }) },
      { weight: 1, arbitrary: fc.constantFrom<Fate>('is heard', 'is away') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { calls, errands, memory, refused, set, tell } = await world();
        const told: string[] = [];
        for (const one of steps) {
          if (typeof one === 'string') set(one);
          else {
            const ids = one.map((kind, index) => `${kind}${told.length + index}`);
            told.push(...ids);
            await tell(...ids);
          }
          await errands.idle();
        }
        set('is heard');
        expect(await errands.idle()).toBe(true);
        errands.close();
        expect(calls.flat()).toEqual(told.filter((one) => one.startsWith('p')));
        expect(refused).toEqual(told.filter((one) => one.startsWith('odd')));
        expect(memory.errands.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
