import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished } from 'vitest';

import { test } from '../../testing/retainer.ts';
import { startPostizSim } from '../testing/sim/sim.ts';
import { run } from './run.ts';

/** Runs the command and answers its exit code and all that it said. */
async function command(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<[number, string]> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  return [await run(args, { out: say, err: say, env }), lines.join('\n')];
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'retainer-postiz-cli-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe('given the command', () => {
  test('when it is not understood, then it says what there is', async () => {
    expect(await command([])).toEqual([2, expect.stringContaining('usage: retainer-postiz')]);
    expect(await command(['fly'])).toEqual([2, expect.stringContaining('There is no command fly')]);
    expect(await command(['start', '--colour'])).toEqual([2, expect.stringContaining('--colour')]);
    expect(await command(['--help'])).toEqual([0, expect.stringContaining('POSTIZ_API_KEY')]);
    expect(await command(['init'])).toEqual([1, expect.stringContaining('init needs --postiz')]);
  });

  test.for([
    [{ colour: 1 }, 'colour is not a setting'],
    [{ postiz: { url: 'postiz' } }, 'postiz.url is postiz: it must be an address'],
    [{ postiz: { url: 'http://p', apiKey: '$NOT_SET' } }, 'the environment has no NOT_SET'],
    [{ postiz: { url: 'http://p', apiKey: 'k', timeLimitSeconds: 0 } }, 'at least 1'],
  ] as const)('when a config file holds %j, then it says: %s', async ([content, message]) => {
    const config = join(await folder(), 'config.json');
    await writeFile(config, JSON.stringify(content));
    expect(await command(['check', '--config', config])).toEqual([
      1,
      expect.stringContaining(message),
    ]);
  });

  test('when a Postiz is set up, then its customers are clients, and the check says who may post', async ({
    retainer,
  }) => {
    await retainer.found('cli', 'bronze');
    const sim = await startPostizSim({
      now: '2026-03-02T12:00:00Z',
      customers: [{ id: 'bakery', name: 'Bakery' }],
      channels: [
        { id: 'a', name: 'Bakery X', identifier: 'x', customerId: 'bakery' },
        { id: 'b', name: 'Stray', identifier: 'x', customerId: undefined },
      ],
    });
    onTestFinished(() => sim.close());
    const config = join(await folder(), 'config.json');
    const env = { POSTIZ_API_KEY: sim.apiKey, RETAINER_TOKEN: await retainer.hostToken('cli') };
    const args = [
      '--postiz',
      sim.url,
      '--api-path',
      '',
      '--retainer',
      retainer.url,
      '--agency',
      'cli',
      '--config',
      config,
    ];
    const [code, said] = await command(['init', ...args], env);
    expect(said).toContain('Bakery (bakery): Bakery X on x');
    expect(said).toContain('of nobody: Stray on x');
    expect(code).toBe(0);
    expect((await stat(config)).mode & 0o777).toBe(0o600);
    expect(await readFile(config, 'utf8')).not.toContain(sim.apiKey);
    expect(await command(['init', ...args], env)).toEqual([
      1,
      expect.stringContaining('is there already'),
    ]);
    const checked = await command(['check', '--config', config], env);
    expect(checked).toEqual([0, expect.stringContaining('Bakery (bakery): may post')]);
  });
});
