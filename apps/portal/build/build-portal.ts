import { createHash } from 'node:crypto';
import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

import { adoptedStyles, tightStyles } from './adopted-styles.ts';

/** The scripts that pages embed, each of which works by itself. */
export const ENTRIES = ['agency-portal', 'agency-kpi-dashboard', 'portal-frame'] as const;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the built scripts are. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Builds every entry. They share no chunk, so that a page that embeds one fetches nothing of the other. */
export async function buildPortal(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  for (const entry of ENTRIES) {
    // oxlint-disable-next-line no-await-in-loop -- one fills two cores
    await buildEntry(entry);
  }
  await writeFile(STAMP, await digestOfSources());
}

/** Whether what is built is what the sources say now. */
export async function isBuilt(): Promise<boolean> {
  const stamp = await readFile(STAMP, 'utf8').catch(() => undefined);
  return stamp !== undefined && stamp === (await digestOfSources());
}

const STAMP = join(DIST, 'sources.sha256');

async function digestOfSources(): Promise<string> {
  const sources: string[] = [];
  for await (const name of glob('{src,build}/**/*.{ts,svelte,css}', { cwd: ROOT }))
    if (!/\.(?:test|shots)\.ts$|testing\//.test(name)) sources.push(name);
  sources.sort();
  const digest = createHash('sha256');
  for (const name of ['package.json', ...sources]) {
    // oxlint-disable-next-line no-await-in-loop -- in their order
    digest.update(name).update(await readFile(join(ROOT, name)));
  }
  // The build's own tools are of the versions that the catalog names.
  return digest.update(await readFile(join(ROOT, '../../pnpm-workspace.yaml'))).digest('hex');
}

async function buildEntry(entry: string): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    // Chunks are found beside the script that asks for them, wherever that is served.
    base: './',
    publicDir: false,
    plugins: [
      adoptedStyles(),
      svelte({
        configFile: false,
        compilerOptions: { css: 'injected', runes: true },
        dynamicCompileOptions: ({ filename }) =>
          filename.endsWith('.element.svelte') ? { customElement: true } : undefined,
      }),
      tightStyles(),
    ],
    build: {
      // As a library, so that nothing is put around the loading of chunks.
      lib: { entry: { [entry]: `${ROOT}src/${entry}.ts` }, formats: ['es'] },
      outDir: DIST,
      emptyOutDir: false,
      target: ['chrome119', 'firefox121', 'safari17.4'],
      rolldownOptions: {
        output: {
          minify: true,
          entryFileNames: '[name].js',
          chunkFileNames: `${entry}-[name]-[hash].js`,
        },
      },
    },
  });
}
