import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { cloneDatabase } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

import { fieldOf } from './fields.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ADMIN_TOKEN = 'operator-token-of-three-processes-0123456789';
const ROOM = 30;

interface Process {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Three processes as an operator runs them, each with its own worker, on one database. */
const test = base.extend('place', { scope: 'file' }, async ({}, { onCleanup }) => {
  const databaseUrl = await cloneDatabase();
  const processes = await Promise.all([start(databaseUrl), start(databaseUrl), start(databaseUrl)]);
  onCleanup(async () => {
    await Promise.all(processes.map(({ child }) => stop(child, 'SIGTERM')));
  });
  const [first] = processes;
  const operator = bearer(ADMIN_TOKEN);
  const agency = { name: 'Three', timeZone: 'UTC', currency: 'USD' };
  await ask(first, operator, ['PUT', '/api/agency/three', agency]);
  const minted = await ask(first, operator, [
    'POST',
    '/api/agency/three/tokens',
    { role: 'agency' },
  ]);
  const as = bearer(String(fieldOf(minted.body, 'token')));
  const tier = {
    name: 'Room',
    key: 'room',
    pricing: { monthly: 1 },
    features: { postsPerWeek: ROOM },
  };
  await ask(first, as, ['POST', '/api/agency/three/service-tiers', tier]);
  return { processes, operator, as };
});

type Ask = readonly [method: 'GET' | 'POST' | 'PUT', path: string, body?: object];

describe('given three processes with a worker each on one PostgreSQL', () => {
  test('when all are asked at once for more than there is, then exactly that much is given', async ({
    place: { processes, as },
  }) => {
    await registered(processes[0], as, 'raced');
    const answers = await Promise.all(
      Array.from({ length: 3 * ROOM }, (_, n) =>
        reserve(processes[n % 3], as, ['raced', `key ${n}`]),
      ),
    );
    const decisions = answers.map(({ body }) => fieldOf(body, 'decision'));
    expect(decisions.filter((decision) => decision !== 'deny')).toHaveLength(ROOM);
    for (const one of processes) {
      // oxlint-disable-next-line no-await-in-loop -- each for itself
      expect(await postsOf(one, as, 'raced')).toMatchObject({ held: ROOM, used: 0 });
    }
    // Three processes start within the first of these.
  }, 90_000);

  test('when one key is sent to all, then it is one hold, and each gives the same answer', async ({
    place: { processes, as },
  }) => {
    await registered(processes[1], as, 'repeated');
    const answers = await Promise.all(
      [...processes, ...processes].map((one) => reserve(one, as, ['repeated', 'same'])),
    );
    const ids = new Set(answers.map(({ body }) => fieldOf(body, 'reservationId')));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ body }) => fieldOf(body, 'replayed') === false)).toHaveLength(1);
    // What one held another commits, and a third shows.
    const settle = { clientWorkspaceId: 'repeated', key: 'same' };
    const settled = await ask(processes[1], as, ['POST', '/api/hooks/commit', settle]);
    expect(settled.body).toMatchObject({ status: 'committed' });
    expect(await postsOf(processes[2], as, 'repeated')).toMatchObject({ held: 0, used: 1 });
  });

  test('when a key is revoked at one, then the others refuse it at its next request', async ({
    place: { processes, as },
  }) => {
    const [one, two, three] = processes;
    const path = '/api/agency/three/api-keys';
    const made = await ask(one, as, ['POST', path, { name: 'Key', role: 'agency' }]);
    const key = bearer(String(fieldOf(made.body, 'key')));
    const list: Ask = ['GET', '/api/agency/three/service-tiers'];
    expect([(await ask(two, key, list)).status, (await ask(three, key, list)).status]).toEqual([
      200, 200,
    ]);
    await ask(one, as, ['POST', `${path}/${String(fieldOf(made.body, 'id'))}/revoke`]);
    expect([(await ask(two, key, list)).status, (await ask(three, key, list)).status]).toEqual([
      401, 401,
    ]);
  });

  test('when all sweep at once, then what is due is released once', async ({
    place: { processes, as, operator },
  }) => {
    await registered(processes[0], as, 'swept');
    const expiresAt = new Date(Date.now() + 200).toISOString();
    const held = Array.from({ length: 10 }, (_, n) => {
      const body = {
        clientWorkspaceId: 'swept',
        key: `key ${n}`,
        meter: 'posts',
        quantity: 1,
        expiresAt,
      };
      return ask(processes[n % 3] ?? processes[0], as, ['POST', '/api/hooks/reserve', body]);
    });
    const decisions = (await Promise.all(held)).map(({ body }) => fieldOf(body, 'decision'));
    expect(decisions.filter((decision) => decision === 'deny')).toEqual([]);
    let expired = 0;
    while (fieldOf(await postsOf(processes[0], as, 'swept'), 'held') !== 0) {
      // oxlint-disable-next-line no-await-in-loop -- until they are due
      const swept = await Promise.all(
        processes.map((one) => ask(one, operator, ['POST', '/api/operations/sweep', {}])),
      );
      expect(swept.map(({ status }) => status)).toEqual([200, 200, 200]);
      for (const { body } of swept) expired += Number(fieldOf(body, 'expired'));
    }
    // The minute's own sweep may have been first; twice is never.
    expect(expired).toBeLessThanOrEqual(10);
    expect(await postsOf(processes[0], as, 'swept')).toMatchObject({ held: 0, used: 0 });
    const drift = await ask(processes[1], operator, ['GET', '/api/operations/drift']);
    expect(drift.body).toEqual({ drift: [] });
  });

  test('when one is killed, then the others know all that it answered, and go on', async ({
    place: { processes, as, operator },
  }) => {
    const [one, two, three] = processes;
    await registered(one, as, 'outlived');
    const told = await Promise.all(
      Array.from({ length: 5 }, (_, n) => reserve(two, as, ['outlived', `key ${n}`])),
    );
    await stop(two.child, 'SIGKILL');
    const again = await Promise.all(
      told.map((_, n) => reserve(n % 2 === 0 ? one : three, as, ['outlived', `key ${n}`])),
    );
    expect(again.map(({ body }) => fieldOf(body, 'reservationId'))).toEqual(
      told.map(({ body }) => fieldOf(body, 'reservationId')),
    );
    expect((await ask(three, as, ['GET', '/readyz'])).status).toBe(200);
    const drift = await ask(one, operator, ['GET', '/api/operations/drift']);
    expect(drift.body).toEqual({ drift: [] });
  });
});

async function registered({ url }: Process, as: Record<string, string>, client: string) {
  const one = { url };
  await ask(one, as, ['PUT', `/api/agency/three/clients/${client}`, { name: client }]);
  await ask(one, as, ['POST', `/api/clients/${client}/service-tier/assign`, { tierId: 'room' }]);
}

function reserve(
  one: Process | undefined,
  as: Record<string, string>,
  [clientWorkspaceId, key]: readonly [string, string],
) {
  if (!one) throw new Error('no such process');
  const body = { clientWorkspaceId, key, meter: 'posts', quantity: 1 };
  return ask(one, as, ['POST', '/api/hooks/reserve', body]);
}

async function postsOf(one: Pick<Process, 'url'>, as: Record<string, string>, client: string) {
  const { body } = await ask(one, as, ['GET', `/api/clients/${client}/service-tier`]);
  const usage = fieldOf(body, 'usage');
  if (!Array.isArray(usage)) throw new Error(JSON.stringify(body));
  return usage.find((row: unknown) => fieldOf(row, 'meter') === 'posts') as unknown;
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

async function ask(
  { url }: Pick<Process, 'url'>,
  as: Record<string, string>,
  [method, path, body]: Ask,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...as, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function start(databaseUrl: string): Promise<Process> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: databaseUrl,
      DATA_DIR: tmpdir(),
      RETAINER_SECRET: 'a secret that three processes share, long enough',
      RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /listening on (\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, child };
  }
  throw new Error('the process ended before it listened');
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
