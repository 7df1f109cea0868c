import { expect, test } from 'vitest';

import { fieldOf } from '../fields.ts';
import { HOST, startTestServer } from '../testing/test-server.ts';

test('given more calls than a batch may hold, then it is refused as a whole, in JSON that says so', async () => {
  await using server = await startTestServer();
  const calls = Array.from({ length: 101 }, () => 'a.b');
  const answer = await server.app.inject({
    url: `/trpc/${calls.join(',')}?batch=1&input={}`,
    headers: await server.bearer(HOST),
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/json/u);
  expect(fieldOf(answer.json(), 'error')).toBeDefined();
});
