import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runMain(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } };
    const child = execFile(process.execPath, [MAIN, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'acceptance-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'cases.json');
  await writeFile(path, text);
  return path;
}

describe('given a command line the runner cannot follow', () => {
  test('when no file is named, then it prints its usage and exits 2', async () => {
    const { code, stderr } = await runMain([]);
    expect(code).toBe(2);
    expect(stderr).toContain('usage: pnpm acceptance FILE...');
  });

  test('when a file cannot be read, then it says so and exits 2', async () => {
    const { code, stderr } = await runMain(['nowhere.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere.json: cannot be read');
  });

  test.each([
    ['{ "cases": ', 'is not JSON'],
    ['[]', 'must hold one JSON object'],
    ['{ "name": "host-cases" }', 'It knows "Service-tier entitlement acceptance cases"'],
    ['{ "title": "Service-tier entitlement acceptance cases" }', '"cases" must be a list'],
  ])('when a file holds %s, then it says what is wrong and exits 2', async (text, message) => {
    const { code, stderr } = await runMain([await fileWith(text)]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('when RETAINER_URL comes without the admin token, then it asks for it and exits 2', async () => {
    const path = fileURLToPath(new URL('./cases/entitlement.json', import.meta.url));
    const env = { RETAINER_URL: 'http://127.0.0.1:1', RETAINER_ADMIN_TOKEN: '' };
    const { code, stderr } = await runMain([path], env);
    expect(code).toBe(2);
    expect(stderr).toContain('RETAINER_ADMIN_TOKEN');
  });
});

describe('given cases that ask no API', () => {
  test('when they run, then nothing is started for them', async () => {
    const one = {
      id: 'v-1',
      title: 'doubles',
      op: 'roi',
      given: { revenueMinor: 2, costMinor: 1 },
    };
    const cases = [
      { ...one, expect: { value: '1.000000' } },
      { ...one, id: 'v-2', expect: { value: '2.000000' } },
    ];
    const path = await fileWith(JSON.stringify({ name: 'value-cases', cases }));
    // An address that nobody could listen on: asking for the API would end the run.
    const { code, stdout } = await runMain([path], { PORT: 'none', DATABASE_URL: 'nowhere' });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'FAILED v-2 doubles\n  step 1 roi: value: expected "2.000000", got "1.000000"',
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
  });
});

describe('given an API that does not answer', () => {
  test('when cases run, then they fail, the last line counts them, and it exits 1', async () => {
    const steps = [Object.fromEntries([['when', { op: 'sweep', at: '2026-03-02T09:00:00Z' }]])];
    const one = { id: 'ENT-1', title: 'sweeps', given: { clients: [] }, steps };
    const title = 'Service-tier entitlement acceptance cases';
    const path = await fileWith(JSON.stringify({ title, cases: [one, { ...one, id: 'ENT-2' }] }));
    const env = { RETAINER_URL: 'http://127.0.0.1:1', RETAINER_ADMIN_TOKEN: 'a'.repeat(32) };
    const { code, stdout } = await runMain([path], env);
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED ENT-1 sweeps\n  given: answer: expected an answer, got ');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 2 failed');
  });
});
