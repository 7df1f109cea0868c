import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { createBody } from '../testing/postiz-world.ts';
import { startPostizSim } from '../testing/sim/sim.ts';

/** `RETAINER_POSTIZ=.../node_modules/.bin/retainer-postiz` puts an installed one to the same test. */
const INSTALLED = process.env['RETAINER_POSTIZ'];
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

type Running = ChildProcessWithoutNullStreams;

function launch(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const all = { cwd, env: { PATH: process.env['PATH'], ...env } };
  const child =
    INSTALLED === undefined
      ? spawn(process.execPath, [MAIN, ...args], all)
      : spawn(INSTALLED, args, all);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Waits until it ends by itself: its exit code and what it said. */
async function outcome(child: Running): Promise<[unknown, string]> {
  const [[code], said, complaint] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return [code, said + complaint];
}

/** Where it says that it listens; what it says later is let go. */
function listening({ stdout, stderr }: Running): Promise<string> {
  stderr.resume();
  return new Promise((resolve, reject) => {
    let said = '';
    stdout.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const url = /listening on (?<url>\S+),/u.exec(said)?.groups?.['url'];
      if (url !== undefined) resolve(url);
    });
    stdout.on('end', () => reject(new Error(`it did not start: ${said}`)));
  });
}

describe('given the command as a process of its own', () => {
  test(
    'when it is set up, started, used and stopped, then it does each and ends well',
    { timeout: 120_000 },
    async ({ retainer }) => {
      await retainer.found('main', 'bronze');
      const now = new Date();
      const sim = await startPostizSim({
        now: now.toISOString(),
        customers: [{ id: 'bakery', name: 'Bakery' }],
        channels: [{ id: 'a', name: 'Bakery X', identifier: 'x', customerId: 'bakery' }],
      });
      onTestFinished(() => sim.close());
      const folder = await mkdtemp(join(tmpdir(), 'retainer-postiz-main-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const env = { POSTIZ_API_KEY: sim.apiKey, RETAINER_TOKEN: await retainer.hostToken('main') };
      const command = (...args: string[]): Running => launch(args, folder, env);

      expect(await outcome(command('--help'))).toEqual([0, expect.stringContaining('usage:')]);
      const init = ['--postiz', sim.url, '--api-path', '', '--retainer', retainer.url];
      expect(await outcome(command('init', ...init, '--agency', 'main'))).toEqual([
        0,
        expect.stringContaining('wrote retainer-postiz.json'),
      ]);
      expect(await outcome(command('check'))).toEqual([0, expect.stringContaining('may post')]);

      // A port that is free, and the patience that a busy machine needs.
      const path = join(folder, 'retainer-postiz.json');
      const config: Readonly<Record<string, object>> = JSON.parse(await readFile(path, 'utf8'));
      const retainerPart = { ...config['retainer'], timeLimitMs: 20_000 };
      const listen = { host: '127.0.0.1', port: 0 };
      await writeFile(path, JSON.stringify({ ...config, retainer: retainerPart, listen }));
      const running = command('start');
      const url = await listening(running);
      const create = async (n: number, channel = 'a'): Promise<number> => {
        const date = new Date(now.getTime() + 3_600_000).toISOString();
        const sent = await fetch(`${url}/public/v1/posts`, {
          method: 'POST',
          headers: { authorization: sim.apiKey, 'content-type': 'application/json' },
          body: JSON.stringify(createBody([channel], date, { content: `Hello ${n}` })),
        });
        return sent.status;
      };
      const statuses = [];
      // oxlint-disable-next-line no-await-in-loop -- the order decides which is the sixth
      for (let n = 0; n < 6; n += 1) statuses.push(await create(n));
      expect(statuses).toEqual([201, 201, 201, 201, 201, 402]);
      // A customer that comes later is a client at once, and has no tier yet.
      sim.state.customers.set('florist', { id: 'florist', name: 'Florist' });
      const late = { id: 'late', name: 'Florist X', identifier: 'x', customerId: 'florist' };
      sim.state.channels.set('late', { ...late, disabled: false, refreshNeeded: false });
      expect(await create(6, 'late')).toBe(402);
      running.kill('SIGTERM');
      const [code] = await once(running, 'exit');
      expect(code).toBe(0);
    },
  );
});
