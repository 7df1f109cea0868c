import { expect, test } from 'vitest';

import { createLanes } from './lanes.ts';
import type { GateCall } from './run-batch.ts';

const MOST = 10_000;

function callOf(key: number): GateCall {
  return {
    clientId: `client-${key % 7}`,
    op: { type: 'commit', now: 0, key: String(key), occurrence: undefined },
  };
}

test('given a database that does not answer, when ever more is asked, then what waits has a bound, and all of it is answered in the end', async () => {
  const answering = Promise.withResolvers<void>();
  const lanes = createLanes(async (_, calls) => {
    await answering.promise;
    return calls.map(() => ({ ok: true, answer: 0 }));
  });
  const asked = Array.from({ length: MOST }, (_, key) => lanes.enter('acme', callOf(key)));
  await expect(lanes.enter('acme', callOf(MOST))).rejects.toMatchObject({ code: 'unavailable' });
  expect(lanes.stats().waiting).toBe(MOST);

  answering.resolve();
  expect(await Promise.all(asked)).toHaveLength(MOST);
  expect(lanes.stats().waiting).toBe(0);
  expect(await lanes.enter('acme', callOf(MOST))).toMatchObject({ ok: true });
});
