import { setTimeout as pause } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { HOST, startTestServer } from '../testing/test-server.ts';

test('given as many requests under way as there may be, when more come, then they are told to come again, and later they are served', async () => {
  const slow = Promise.withResolvers<undefined>();
  await using server = await startTestServer({
    mostUnderWay: 2,
    authenticate: async () => {
      await slow.promise;
      return { kind: 'anonymous' };
    },
  });
  const headers = await server.bearer(HOST);
  const ask = async (url: string) => server.app.inject({ url, headers });
  const first = [ask('/trpc/nowhere'), ask('/trpc/nowhere')];
  const [rest, trpc] = await Promise.all([ask('/api/examples/echo/bakery'), ask('/trpc/nowhere')]);
  for (const answer of [rest, trpc]) {
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
  }
  slow.resolve(undefined);
  const answers = [...(await Promise.all(first)), await ask('/trpc/nowhere')];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
  expect((await ask('/metrics')).body).toContain('retainer_http_shed_total 2');
  await pause(1_100);
  // One line tells of both.
  const said = server.logs.filter((line) => line.includes('Too much is asked at once'));
  expect(said.map((line) => line.includes('"requests":2'))).toEqual([true]);
});

test('given a process that is late, when much comes at once, then it takes some of it, and all of it once it has caught up', async () => {
  await using server = await startTestServer();
  const headers = await server.bearer(HOST);
  const askMany = async (): Promise<number[]> => {
    const ask = async () => server.app.inject({ url: '/trpc/nowhere', headers });
    const answers = await Promise.all(Array.from({ length: 300 }, ask));
    return answers.map(({ statusCode }) => statusCode);
  };
  await server.app.ready();
  expect(await askMany()).not.toContain(503);
  const until = performance.now() + 600;
  while (performance.now() < until);
  await pause(1);
  const late = await askMany();
  expect(late.filter((status) => status === 404).length).toBeGreaterThanOrEqual(100);
  expect(late).toContain(503);
  await pause(100);
  expect(await askMany()).not.toContain(503);
});
