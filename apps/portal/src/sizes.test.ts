import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { DIST } from '../build/build-portal.ts';

/** Bytes as they travel. */
async function sizeOf(name: string): Promise<number> {
  return gzipSync(await readFile(join(DIST, name)), { level: 9 }).length;
}

describe('given the scripts that pages embed', () => {
  test.each([
    ['agency-portal', 40_000],
    ['agency-kpi-dashboard', 45_000],
  ] as const)(
    'when %s is fetched, then it is at most %i bytes, a language among them',
    async (name, most) => {
      const others = (await readdir(DIST)).filter((file) => /-(?:ar|de)-[\w-]{8}\.js$/.test(file));
      const languages = others.filter((file) => file.startsWith(`${name}-`));
      const sizes = await Promise.all(languages.map(sizeOf));
      expect((await sizeOf(`${name}.js`)) + Math.max(...sizes)).toBeLessThanOrEqual(most);
    },
  );
});
