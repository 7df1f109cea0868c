import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect } from 'vitest';

import { test } from '../testing/index.ts';
import { openStage } from './testing/open-stage.ts';
import { randomNumbers } from './testing/picks.ts';

const PLAYER = fileURLToPath(new URL('testing/player-process.ts', import.meta.url));
const PLAYERS = { writers: 4, refreshers: 1 } as const;
/** How many processes of each kind there are at a time, and how often each is killed and begun again. */
const PROCESSES = 2;
const LIVES = Number(process.env['ROLLUP_LIVES'] ?? 2);
const SEED = Number(process.env['ROLLUP_SEED'] ?? 1);

interface Life {
  readonly role: keyof typeof PLAYERS;
  readonly url: string;
  readonly agencyId: string;
  readonly seed: number;
  /** How many things may be done before it is killed in the middle of others. */
  readonly steps: number;
}

/** Answers what the process complained of before it was killed. */
async function playUntilKilled({ role, url, agencyId, seed, steps }: Life): Promise<string> {
  const args = [PLAYER, role, String(PLAYERS[role]), url, agencyId, String(seed)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  let done = 0;
  createInterface({ input: child.stdout }).on('line', () => {
    done += 1;
    if (done === steps) child.kill('SIGKILL');
  });
  await exited;
  return complaints;
}

test('given 8 who write and 2 who refresh, when their processes are killed at work, then one refresh makes the figures right', async ({
  database,
}) => {
  const stage = await openStage(database);
  const next = randomNumbers(SEED);
  const lives = async (role: Life['role']): Promise<string[]> => {
    const complaints: string[] = [];
    for (let life = 0; life < LIVES; life += 1) {
      const steps = 1 + (next() % (role === 'writers' ? 80 : 12));
      const of = { role, url: database.ownerUrl, agencyId: stage.agencyId, seed: next(), steps };
      complaints.push(await playUntilKilled(of));
    }
    return complaints;
  };
  const complaints = await Promise.all(
    Array.from({ length: PROCESSES }, () => [lives('writers'), lives('refreshers')]).flat(),
  );
  expect(complaints.flat().filter((text) => text !== '')).toEqual([]);
  expect(await stage.problems()).toEqual([]);
}, 600_000);
