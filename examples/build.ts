import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

/** The hosts there are an example of. */
export const HOSTS = ['plain', 'react', 'vue', 'svelte'] as const;

/** Builds the pages of all hosts into a folder; their scripts are beside them. */
export async function buildExamples(outDir: string): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [
      vue({
        template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('agency-') } },
      }),
      svelte({ configFile: false }),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(HOSTS.map((host) => [host, `${ROOT}${host}/index.html`])),
      },
    },
  });
}
