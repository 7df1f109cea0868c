import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { DIST } from './build-portal.ts';

const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/gu;

/** Bytes of a built script as they travel: compressed by gzip, as well as that can. */
export async function sizeOf(file: string): Promise<number> {
  return gzipSync(await readFile(join(DIST, file)), { level: 9 }).length;
}

/** Bytes of a built script and of all that it asks for before it runs, as they travel. */
export async function startingSize(file: string): Promise<number> {
  const files = new Set([file]);
  for (const one of files) {
    // oxlint-disable-next-line no-await-in-loop -- what it asks for is known only then
    const text = await readFile(join(DIST, one), 'utf8');
    for (const [, asked = ''] of text.matchAll(STATIC_IMPORT)) files.add(asked);
  }
  const sizes = await Promise.all([...files].map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}
