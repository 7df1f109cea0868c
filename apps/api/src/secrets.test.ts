import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { keepSecret } from './secrets.ts';

const folder = () => mkdtemp(join(tmpdir(), 'retainer-secret-'));

describe('given a data directory', () => {
  test('when a secret is first asked for, then it is made for its owner alone, and kept', async () => {
    const dir = join(await folder(), 'new');
    const made = await keepSecret(dir, 'secret');
    expect(made).toMatchObject({ created: true, file: join(dir, 'secret') });
    expect(Buffer.from(made.value, 'base64url')).toHaveLength(32);
    expect((await stat(made.file)).mode & 0o777).toBe(0o600);
    expect(await keepSecret(dir, 'secret')).toEqual({ ...made, created: false });
    expect(await readdir(dir)).toEqual(['secret']);
  });

  test('when many ask at once, then all get the one secret', async () => {
    const dir = await folder();
    const all = await Promise.all(Array.from({ length: 8 }, () => keepSecret(dir, 'secret')));
    expect(new Set(all.map(({ value }) => value)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
  });

  test('when the file is damaged, then the start is refused by its name', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'secret'), 'half a sec');
    await expect(keepSecret(dir, 'secret')).rejects.toThrow(join(dir, 'secret'));
  });
});
