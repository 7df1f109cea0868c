import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig } from 'tsdown';

import { compareRouter } from '../../scripts/packages/compare-router.ts';
import { flatRouter } from '../../scripts/packages/flat-router.ts';

const sources = join(import.meta.dirname, 'src');
const staged = join(import.meta.dirname, 'build');

// What ships knows nothing of the server: it is built from copies that have the API's type spelled out beside them.
rmSync(staged, { recursive: true, force: true });
mkdirSync(staged);
writeFileSync(join(staged, 'router.ts'), flatRouter(join(import.meta.dirname, '../..')));
compareRouter(staged, join(import.meta.dirname, 'tsconfig.json'));
for (const name of readdirSync(sources).filter((file) => !file.endsWith('.test.ts'))) {
  const text = readFileSync(join(sources, name), 'utf8');
  writeFileSync(join(staged, name), text.replaceAll("'@retainer/api'", "'./router.ts'"));
}

/** One file of JavaScript and one of types: see ADR 0015. */
export default defineConfig({
  entry: { index: 'build/index.ts' },
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  dts: true,
});
