import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { asOwner, cloneDatabase } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

import { readAsk, UsageError } from './ask.ts';
import { runRollup } from './run-rollup.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
}

/** `test` with what the command does, on a database with two clients at one agency. */
const test = base
  .extend('url', { scope: 'file' }, async () => {
    const url = await cloneDatabase();
    await asOwner(
      url,
      `insert into retainer.agency (id, name, time_zone, currency, created_at) values ('north', 'N', 'UTC', 'USD', now());
       insert into retainer.client (agency_id, id, name, created_at)
         values ('north', 'bakery', 'B', now()), ('north', 'forge', 'F', now());
       insert into retainer.client_calendar (agency_id, client_id, starts_at, time_zone, week_starts_on)
         select agency_id, id, '-infinity', 'UTC', 'monday' from retainer.client;
       insert into retainer.client_cost (agency_id, id, client_id, kind, from_date, to_date, amount_minor, currency,
         created_at) select agency_id, gen_random_uuid(), id, 'other', '2026-03-01', '2026-03-02', 100, 'USD', now()
         from retainer.client`,
    );
    return url;
  })
  .extend('run', ({ url }) => async (...words: readonly string[]): Promise<Outcome> => {
    const ask = readAsk(words);
    if (ask === 'help') throw new Error('help is not to be run');
    const lines: string[] = [];
    const settings = { databaseUrl: url, dataDir: '' };
    const code = await runRollup(ask, settings, (line) => void lines.push(line));
    return { code, lines };
  });

/** The command as a process of its own. */
function spawned(
  url: string,
  words: readonly string[],
): Promise<Outcome & { readonly complaint: string }> {
  const { NODE_ENV: _mode, ...inherited } = process.env;
  const env = { ...inherited, DATABASE_URL: url };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { env }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      resolve({ code, lines: stdout.trimEnd().split('\n'), complaint: stderr });
    });
  });
}

describe('given rollups on a database', () => {
  test('when they are checked, then what is only queued is no difference', async ({ run }) => {
    expect(await run('check')).toEqual({
      code: 0,
      lines: ['agency north: 2 clients, as they should be', '2 clients, 0 differences'],
    });
  });

  test('when one is spoilt, then a check says so until a rebuild puts it right', async ({
    run,
    url,
  }) => {
    await run('rebuild');
    await asOwner(
      url,
      `update retainer.rollup_month set other_minor = 7 where client_id = 'forge' and dimension = 'client'`,
    );
    const found = await spawned(url, ['check', '--agency', 'north']);
    expect(found).toMatchObject({ code: 1, complaint: '' });
    expect(found.lines).toContain('  client forge: 2 rows differ');
    expect(found.lines.at(-1)).toBe('2 clients, 2 differences');
    expect(await run('check', '--client', 'bakery')).toMatchObject({ code: 0 });

    const repaired = await run('rebuild', '--agency', 'north', '--client', 'forge');
    expect(repaired.code).toBe(0);
    expect(repaired.lines.at(-1)).toBe('1 clients, 2 differences');
    expect((await run('check')).code).toBe(0);
  });

  test('when the command makes no sense, then it says what would', async ({ run, url }) => {
    expect(readAsk(['check', '--help'])).toBe('help');
    for (const words of [[], ['mend'], ['check', 'all'], ['check', '--all'], ['check', '--agency']])
      expect(() => readAsk(words)).toThrow(UsageError);
    await expect(run('check', '--agency', 'south')).rejects.toThrow('no agency south');
    await expect(run('check', '--client', 'mill')).rejects.toThrow('no client mill');
    const { code, complaint } = await spawned(url, ['mend']);
    expect(code).toBe(1);
    expect(complaint).toContain('pnpm rollup:rebuild');
  });
});
