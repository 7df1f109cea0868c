import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { describe, expect, test as base } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ADMIN_TOKEN = 'operator-token-of-the-crash-tests-0123456789';
const KILLS = 20;
/** Every so many kills PostgreSQL dies as well. */
const DATABASE_EVERY = 5;
const CALLERS = 24;
/** How many answers a life of the server lasts, and how many of them can be yes. */
const ANSWERS = 120;
const ROOM = 60;

interface Place {
  readonly dataDir: string;
  server: { readonly url: string; readonly child: ChildProcess };
  token: string;
}

interface Answer {
  readonly decision: 'allow' | 'warn' | 'deny';
  readonly reservationId: string;
  readonly replayed: boolean;
}

/** `test` with a server on an embedded PostgreSQL of its own, and an agency in it. */
const test = base.extend('place', async ({}, { onCleanup }): Promise<Place> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'retainer-crash-'));
  // The embedded PostgreSQL may run as another user, who must be able to walk through.
  await chmod(dataDir, 0o755);
  const place: Place = { dataDir, server: await start(dataDir), token: ADMIN_TOKEN };
  onCleanup(async () => {
    const ended = once(place.server.child, 'exit');
    if (place.server.child.kill('SIGTERM')) await ended;
    await endDatabase(dataDir, 'SIGQUIT');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
  });
  await call(place, 'PUT', '/api/agency/crash', {
    name: 'Crash',
    timeZone: 'UTC',
    currency: 'USD',
  });
  const minted = await call<{ token: string }>(place, 'POST', '/api/agency/crash/tokens', {
    role: 'agency',
  });
  place.token = minted.token;
  await call(place, 'POST', '/api/agency/crash/service-tiers', {
    name: 'Room',
    key: 'room',
    pricing: { monthly: { amount: '1.00', currency: 'USD' } },
    features: { postsPerWeek: ROOM },
  });
  return place;
});

describe('given a server that is killed during load, and at times PostgreSQL with it', () => {
  test(`when it starts again, ${KILLS} times, then each accepted request is there once and each refused one not at all`, async ({
    place,
  }) => {
    for (let life = 1; life <= KILLS; life += 1) {
      const client = `client-${life}`;
      await register(place, client);
      const told = await loadUntilKilled(place, client, life % DATABASE_EVERY === 0);
      place.server = await start(place.dataDir);
      const keys = [...told.keys()];
      const answers = await Promise.all(keys.map((key) => reserve(place, client, key)));
      // An answer that was given is given again; what was under way is decided now, or was.
      const given = keys.map((key) => told.get(key));
      const again = answers.map((answer, index) => (given[index] ? answer : undefined));
      expect(again).toEqual(given.map((before) => before && { ...before, replayed: true }));
      const accepted = answers.filter((answer) => answer.decision !== 'deny');
      expect(new Set(accepted.map((answer) => answer.reservationId)).size).toBe(accepted.length);
      expect(accepted).toHaveLength(Math.min(ROOM, keys.length));
      expect(await taken(place, client)).toBe(accepted.length);
    }
    const { drift } = await call<{ drift: unknown[] }>(
      { ...place, token: ADMIN_TOKEN },
      'GET',
      '/api/operations/drift',
    );
    expect(drift).toEqual([]);
  }, 180_000);
});

async function register(place: Place, client: string): Promise<void> {
  await call(place, 'PUT', `/api/agency/crash/clients/${client}`, { name: client });
  await call(place, 'POST', `/api/clients/${client}/service-tier/assign`, { tierId: 'room' });
}

/** What each key was answered before the kill; nothing where the answer never came. */
async function loadUntilKilled(
  place: Place,
  client: string,
  alsoDatabase: boolean,
): Promise<Map<string, Answer | undefined>> {
  const told = new Map<string, Answer | undefined>();
  const { child } = place.server;
  const exited = once(child, 'exit');
  let answered = 0;
  const caller = async (name: number): Promise<void> => {
    for (let turn = 0; child.exitCode === null && child.signalCode === null; turn += 1) {
      const key = `${name}-${turn}`;
      told.set(key, undefined);
      try {
        told.set(key, await reserve(place, client, key));
      } catch {
        return;
      }
      answered += 1;
      if (answered !== ANSWERS) continue;
      if (alsoDatabase) await endDatabase(place.dataDir, 'SIGKILL');
      child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(name)));
  await exited;
  return told;
}

async function reserve(place: Place, client: string, key: string): Promise<Answer> {
  const ask = {
    clientWorkspaceId: client,
    key,
    meter: 'posts',
    scheduledAt: '2100-01-04T10:00:00Z',
  };
  const { decision, reservationId, replayed } = await call<Answer>(
    place,
    'POST',
    '/api/hooks/reserve',
    ask,
  );
  return { decision, reservationId, replayed };
}

async function taken(place: Place, client: string): Promise<number> {
  const path = `/api/clients/${client}/service-tier/limits?at=2100-01-05T00:00:00Z`;
  const { usage } = await call<{ usage: { meter: string; used: number; held: number }[] }>(
    place,
    'GET',
    path,
  );
  return usage
    .filter((row) => row.meter === 'posts')
    .reduce((sum, row) => sum + row.used + row.held, 0);
}

async function call<T>(
  { server, token }: Place,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer as T;
}

async function start(dataDir: string): Promise<Place['server']> {
  const { NODE_ENV: _mode, DATABASE_URL: _url, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...inherited,
      PORT: '0',
      LOG_LEVEL: 'fatal',
      DATA_DIR: dataDir,
      RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
      RETAINER_TEST_CLOCK: 'on',
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, child };
  }
  throw new Error('the server did not start');
}

async function endDatabase(dataDir: string, signal: NodeJS.Signals): Promise<void> {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone already.
  }
}
