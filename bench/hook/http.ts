import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { createRetainerClient } from '@retainer/client';

import type { Contender } from './contenders.ts';
import { anyClient, reserveOf } from './contenders.ts';
import type { World } from './world.ts';

const ADMIN_TOKEN = randomBytes(24).toString('hex');

/** The served API on the same database, called by a host over HTTP: by our client, or by plain REST. */
export async function httpContender(world: World, by: 'client' | 'rest'): Promise<Contender> {
  const server = spawn(
    process.execPath,
    [new URL('../../apps/api/src/main.ts', import.meta.url).pathname],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: world.url,
        PORT: '0',
        LOG_LEVEL: 'error',
        RETAINER_SECRET: randomBytes(32).toString('hex'),
        RETAINER_ADMIN_TOKEN: ADMIN_TOKEN,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await listeningUrl(server.stdout);
  const close = async (): Promise<void> => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  const token = await hostToken(url, world.agencyId);
  if (by === 'rest') {
    return { name: 'http, rest', close, ask: () => reserveOverRest(url, token, world) };
  }
  const client = createRetainerClient({ url, token });
  return {
    name: 'http, typed client',
    close,
    ask: () => client.hooks.reserve.mutate(bodyOf(world)),
  };
}

function bodyOf(world: World) {
  const { key, meter, quantity, platforms, scheduledAt } = reserveOf(world);
  return {
    clientWorkspaceId: anyClient(world),
    key,
    meter,
    quantity,
    platforms: [...platforms],
    scheduledAt: new Date(scheduledAt),
  };
}

async function reserveOverRest(url: string, token: string, world: World): Promise<unknown> {
  const response = await fetch(`${url}/api/hooks/reserve`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(world)),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

async function hostToken(url: string, agencyId: string): Promise<string> {
  const admin = createRetainerClient({ url, token: ADMIN_TOKEN });
  const { token } = await admin.tokens.mint.mutate({ agencyWorkspaceId: agencyId, role: 'host' });
  return token;
}

async function listeningUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const url = /listening on (?<url>http:\/\/\S+)/u.exec(line)?.groups?.['url'];
    if (url !== undefined) return url;
  }
  throw new Error('the API did not start');
}
