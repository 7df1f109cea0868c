import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { asOwner, cloneDatabase } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
  readonly complaint: string;
}

/** `test` with the command, run as a process of its own on a database with two clients at one agency. */
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
  .extend(
    'run',
    ({ url }) =>
      (...words: readonly string[]) =>
        runRollup(url, words),
  );

function runRollup(url: string, words: readonly string[]): Promise<Outcome> {
  const { NODE_ENV: _mode, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...words],
      { env: { ...inherited, DATABASE_URL: url } },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code, lines: stdout.trimEnd().split('\n'), complaint: stderr });
      },
    );
  });
}

describe('given rollups on a database', () => {
  test('when they are checked, then what is only queued is no difference', async ({ run }) => {
    const { code, lines } = await run('check');
    expect(lines.at(-1)).toBe('2 clients, 0 differences');
    expect(code).toBe(0);
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
    const found = await run('check', '--agency', 'north');
    expect(found.code).toBe(1);
    expect(found.lines).toContain('  client forge: 2 rows differ');
    expect(found.lines.at(-1)).toBe('2 clients, 2 differences');
    expect((await run('check', '--client', 'bakery')).lines.at(-1)).toBe(
      '1 clients, 0 differences',
    );

    const repaired = await run('rebuild', '--agency', 'north', '--client', 'forge');
    expect(repaired).toMatchObject({ code: 0, complaint: '' });
    expect(repaired.lines.at(-1)).toBe('1 clients, 2 differences');
    expect((await run('check')).code).toBe(0);
  }, 60_000);

  test('when the command makes no sense, then it says what would', async ({ run }) => {
    expect((await run('--help')).lines.join('\n')).toContain('pnpm rollup:rebuild');
    for (const words of [[], ['mend'], ['check', '--all'], ['check', '--agency', 'south']]) {
      const { code, complaint } = await run(...words);
      expect({ words, code }).toEqual({ words, code: 1 });
      expect(complaint).toMatch(/Say check or rebuild|--all|no agency south/u);
    }
  }, 60_000);
});
