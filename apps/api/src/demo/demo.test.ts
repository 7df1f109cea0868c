import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const START_MS = 120_000;

describe('given an empty folder', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'retainer-demo-'));
    // The embedded PostgreSQL may run as another user, who must be able to walk through.
    await chmod(folder, 0o755);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(
    'when the demo starts, then every kind of answer is shown, and a second start finds it all',
    { timeout: START_MS },
    async () => {
      const first = await runDemo(folder);
      expect(first.exitCode).toBe(0);
      expect(first.output).toContain('39 allowed');
      expect(first.output).toContain('5 warned, 4 denied, 1 kept, 3 returned');
      expect(first.output).toContain('limit_reached: 1 more would pass the limit of 5 posts');
      expect(first.output).toContain('It would fit from Mon 00:00 on. Silver would allow it.');
      expect(first.output).toContain('final: its hold came back');
      expect(first.output).not.toMatch(/^ \d\d:\d\d {2}odd/m);
      const [deck = ''] = /\/.*\.pptx$/m.exec(first.output) ?? [];
      expect((await readFile(deck)).toString('latin1', 0, 2)).toBe('PK');

      const second = await runDemo(folder);
      expect(second.exitCode).toBe(0);
      expect(second.output).toContain('as an earlier start left it');
      expect(second.output).toContain('nothing new');
      expect(usageOf(second.output)).toBe(usageOf(first.output));
    },
  );
});

async function runDemo(
  folder: string,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const { PATH } = process.env;
  const env = { PATH, DATA_DIR: folder, PORT: '0', NO_COLOR: '1' };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let output = '';
  const read = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    if (output.includes('Ctrl-C stops it')) child.kill('SIGINT');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const [exitCode] = (await exited) as [number];
  return { output, exitCode };
}

function usageOf(output: string): string | undefined {
  return /What each client has used[\s\S]*?Alerts/.exec(output)?.[0];
}
