import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

import { adoptedStyles, tightStyles } from './adopted-styles.ts';

/** The scripts that pages embed, each of which works by itself. */
export const ENTRIES = ['agency-portal', 'agency-kpi-dashboard'] as const;

/** Where the built scripts are. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url));

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds every entry. They share no chunk, so that a page that embeds one fetches nothing of the other. */
export async function buildPortal(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  for (const entry of ENTRIES) await buildEntry(entry);
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
      target: ['chrome111', 'firefox113', 'safari16.4'],
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
