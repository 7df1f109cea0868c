import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { createRetainerClient } from '@retainer/client';

/** The served API in a process of its own, and a host's token for one agency of it. */
export interface ApiProcess {
  readonly url: string;
  readonly token: string;
  /** The operator's, to mint others. */
  readonly adminToken: string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** Serves the API on a database; `settings` are what its environment says besides. */
export async function startApi(
  databaseUrl: string,
  agencyId: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const adminToken = randomBytes(24).toString('hex');
  const server = spawn(
    process.execPath,
    [new URL('../apps/api/src/main.ts', import.meta.url).pathname],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: databaseUrl,
        PORT: '0',
        LOG_LEVEL: 'error',
        RETAINER_SECRET: randomBytes(32).toString('hex'),
        RETAINER_ADMIN_TOKEN: adminToken,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await listeningUrl(server.stdout);
  const admin = createRetainerClient({ url, token: adminToken });
  const { token } = await admin.tokens.mint.mutate({ agencyWorkspaceId: agencyId, role: 'host' });
  return {
    url,
    token,
    adminToken,
    pid: server.pid ?? 0,
    async close() {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

/** Posts JSON as a host does over plain REST; an answer other than 200 is thrown. */
export async function postJson(
  { url, token }: Pick<ApiProcess, 'url' | 'token'>,
  path: string,
  body: string,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

async function listeningUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const url = /listening on (?<url>http:\/\/\S+)/u.exec(line)?.groups?.['url'];
    if (url !== undefined) return url;
  }
  throw new Error('the API did not start');
}
