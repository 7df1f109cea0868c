import { expect, test } from 'vitest';

import { createErrands } from './errands.ts';
import { openMemory } from './state/memory.ts';

const MANY = 150;

test('given a state file that cannot be written for a while, when something is left to be told, then it is told as soon as it can', async () => {
  let isFull = false;
  const memory = await openMemory({
    read: async () => new Map(),
    write: async () => {
      if (isFull) throw new Error('ENOSPC: no space left on device');
    },
    close: async () => undefined,
  });
  const told: number[] = [];
  const warned: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => warned.push(message),
  };
  const events = async ({ events: some }: { readonly events: readonly object[] }) => {
    told.push(some.length);
    return { results: [] };
  };
  const errands = createErrands({ memory, hooks: { events }, log });
  const commits = Array.from({ length: MANY }, (_, n) => ({
    type: 'commit' as const,
    clientWorkspaceId: 'bakery',
    key: `k${n}`,
  }));
  // Too many for one telling.
  await memory.put([errands.of(commits), errands.of(commits)]);
  isFull = true;
  errands.wake();
  await expect
    .poll(() => warned, { timeout: 10_000 })
    .toEqual(['telling Retainer broke; it is told again']);
  expect(told).toEqual([MANY]);

  isFull = false;
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([MANY, MANY]);
  errands.close();
});
