import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('testing/server-process.ts', import.meta.url));

async function startProcess() {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const authorization = String((await lines.next()).value);
  const ready = String((await lines.next()).value);
  const url = /listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(ready)?.[1];
  if (url === undefined) throw new Error(`no address in: ${ready}`);
  return { child, lines, authorization, url, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

/** A request that the server has begun to read and that waits for its body. */
async function beginRequest(url: string, authorization: string) {
  const agent = new Agent({ keepAlive: true });
  const call = request(`${url}/api/examples/host`, {
    method: 'POST',
    agent,
    headers: { authorization, 'content-type': 'application/json', expect: '100-continue' },
  });
  call.flushHeaders();
  await once(call, 'continue');
  return call;
}

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (!answer) return;
    await answer.text();
  }
}

describe.each(['SIGTERM', 'SIGINT'] as const)('given a server that is sent %s', (signal) => {
  test('when a request is under way, then it finishes, nobody new gets in, and it exits with 0', async () => {
    using server = await startProcess();
    // Browsers open connections before they need them.
    const unused = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(unused, 'connect');
    const call = await beginRequest(server.url, server.authorization);
    const exited = once(server.child, 'exit');

    server.child.kill(signal);
    await untilRefused(server.url);
    call.end(JSON.stringify({ clientWorkspaceId: 'bakery' }));
    const [answer] = (await once(call, 'response')) as [IncomingMessage];

    expect(answer.statusCode).toBe(200);
    expect(await text(answer)).toContain('"clientId":"bakery"');
    // Kept alive, the connection would hold the stop up.
    expect(answer.headers.connection).toBe('close');
    expect((await server.lines.next()).value).toBe('released');
    expect(await exited).toEqual([0, null]);
    unused.destroy();
  });
});
