import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { cloneDatabase } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

import { createTokens } from '../auth/tokens.ts';
import { fieldOf } from '../fields.ts';
import { openEventStream, type OpenStream, type WireEvent } from '../testing/event-stream.ts';

const SCRIPT = fileURLToPath(new URL('../testing/live-process.ts', import.meta.url));
const SECRET = 'a secret of the tests, long enough to sign with';
const ADMIN_TOKEN = 'operator-token-of-the-tests-0123456789';
/** Longer than any test. */
const NEVER = '600000';

interface Server {
  readonly child: ChildProcess;
  readonly call: (method: 'PUT' | 'POST', path: string, body?: object) => Promise<void>;
  readonly listen: (lastEventId?: string) => Promise<OpenStream>;
  /** The same stream as tRPC's client would open it. */
  readonly subscribe: () => Promise<OpenStream>;
}

type Start = (settings?: Readonly<Record<string, string>>) => Promise<Server>;

const PATH = '/api/agency/acme/kpi-dashboard/live';

/** `test` with processes on one database, where one agency has one client. */
const test = base
  .extend('url', { scope: 'file' }, () => cloneDatabase())
  .extend('token', { scope: 'file' }, async () => {
    const { token } = await createTokens(SECRET).mint({ role: 'agency', agencyId: 'acme' }, 600);
    return token;
  })
  .extend('start', { scope: 'file' }, ({ url, token }, { onCleanup }): Start => {
    const children: ChildProcess[] = [];
    onCleanup(async () => {
      await Promise.all(children.map(ended));
    });
    return async (settings = {}) => {
      const child = spawn(process.execPath, [SCRIPT], {
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: url,
          DATA_DIR: tmpdir(),
          LOG_LEVEL: 'error',
          RETAINER_SECRET: SECRET,
          RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
          RETAINER_TEST_CLOCK: 'on',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      return serverOf(child, await addressOf(child), token);
    };
  })
  .extend('pair', { scope: 'file' }, async ({ start }) => {
    const [one, other] = await Promise.all([start(), start()]);
    await one.call('PUT', '/api/agency/acme', { name: 'A', timeZone: 'UTC', currency: 'USD' });
    await one.call('PUT', '/api/agency/acme/clients/bakery', { name: 'Bakery' });
    await one.call('PUT', '/api/agency/acme/clients/gym', { name: 'Gym' });
    return { one, other };
  });

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await exit;
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout ?? ([] as never) })) {
    const address = /listening on (http:\S+)$/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the server did not start');
}

function serverOf(child: ChildProcess, url: string, token: string): Server {
  const headers = { authorization: `Bearer ${token}` };
  return {
    child,
    call: async (method, path, body = {}) => {
      const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const answer = await fetch(url + path, {
        method,
        headers: {
          ...(path === '/api/agency/acme' ? admin : headers),
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
    listen: (lastEventId) =>
      openEventStream(url + PATH, {
        ...headers,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      }),
    subscribe: () => {
      const input = encodeURIComponent(JSON.stringify({ json: { agencyWorkspaceId: 'acme' } }));
      const accept = { accept: 'text/event-stream' };
      return openEventStream(`${url}/trpc/kpiDashboard.live?input=${input}`, {
        ...headers,
        ...accept,
      });
    },
  };
}

const spend = (server: Server, client = 'bakery') =>
  server.call('POST', `/api/clients/${client}/time-entries`, { date: '2026-03-02', minutes: 5 });

/**
 * Acts until an event says that the bakery changed and nothing else did, and answers it: what was told of earlier may
 * still be on its way, and comes together with what is told now.
 */
async function untilNamed(stream: OpenStream, act: () => Promise<void>): Promise<WireEvent> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    await act();
    // oxlint-disable-next-line no-await-in-loop
    const event = await stream.next();
    if (!event) throw new Error('the stream ended');
    if (clientsIn(event) === '["bakery"]') return event;
  }
}

/** Reads on until an event names this among its clients. */
async function untilSaid(stream: OpenStream, name: string): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const event = await stream.next();
    if (!event) throw new Error('the stream ended');
    if (clientsIn(event).includes(name)) return;
  }
}

function clientsIn({ data }: WireEvent): string {
  return JSON.stringify(fieldOf(data, 'clients'));
}

describe('given two servers on one database', () => {
  test('when one writes, the other tells of it; and who comes back to either hears what they missed', async ({
    pair: { one, other },
  }) => {
    const [here, there] = await Promise.all([one.listen(), other.listen()]);
    const known = await untilNamed(there, () => spend(one));
    await there.close();
    await untilNamed(here, () => spend(other));
    const back = await one.listen(known.id);
    expect((await back.next())?.data).toMatchObject({ clients: ['bakery'] });
  });

  test('when one is killed between its commit and telling, then the other says that anything may have changed', async ({
    pair: { one },
    start,
  }) => {
    const silent = await start({ TELL_MS: NEVER });
    const stream = await one.listen();
    const known = await untilNamed(stream, () => spend(one));
    // Committed, answered, and told to nobody.
    await spend(silent);
    silent.child.kill('SIGKILL');
    await untilSaid(stream, 'null');
    // So is who comes back: to one that was there, and to one that starts only now.
    for (const server of [one, await start()]) {
      const back = await server.listen(known.id);
      expect((await back.next())?.data).toMatchObject({ clients: null });
    }
  });

  test('when one is told to stop, then its streams end and it exits at once, and tells what it had not yet', async ({
    start,
    pair: { one },
  }) => {
    const leaving = await start({ TELL_MS: NEVER });
    const streams = await Promise.all([leaving.listen(), leaving.subscribe()]);
    await Promise.all(streams.map((stream) => stream.next()));
    const there = await one.listen();
    await untilNamed(there, () => spend(one));
    await spend(leaving, 'gym');
    const exited = once(leaving.child, 'exit');
    leaving.child.kill('SIGTERM');
    const rest = await Promise.all(streams.map(toTheEnd));
    expect(rest.flat().map(({ event }) => event)).not.toContain('return');
    expect(await exited).toEqual([0, null]);
    await untilSaid(there, 'gym');
  });
});

async function toTheEnd(stream: OpenStream): Promise<WireEvent[]> {
  const events: WireEvent[] = [];
  for (let event = await stream.next(); event; event = await stream.next()) events.push(event);
  return events;
}
