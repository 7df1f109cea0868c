import { expect, test } from 'vitest';

import { runBadInput } from './run-bad-input.ts';

test('given requests that nobody counts on, then none fails on our side, and nobody else notices', async () => {
  const { statuses, violations } = await runBadInput({
    requests: 1_750,
    seed: 1,
    say: () => undefined,
  });
  expect(violations).toEqual([]);
  // They got to what they are meant for.
  for (const reached of ['rest 200', 'rest 400', 'rest 422', 'trpc 200', 'trpc 207', 'trpc 400']) {
    expect([...statuses.keys()]).toContain(reached);
  }
  for (const reached of ['refused 400', 'webhook 200', 'webhook 202', 'webhook 404']) {
    expect([...statuses.keys()]).toContain(reached);
  }
});
