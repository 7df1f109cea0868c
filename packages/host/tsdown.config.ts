import { defineConfig } from 'tsdown';

/** One file of JavaScript and one of types for each entry; what is ours alone is bundled in, see ADR 0015. */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    webhooks: 'src/webhooks/index.ts',
    postiz: 'src/postiz/index.ts',
    'retainer-postiz': 'src/postiz/cli/main.ts',
    'retainer-webhooks': 'src/webhooks/command/main.ts',
  },
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  deps: { alwaysBundle: [/^@retainer\//] },
  tsconfig: 'tsconfig.package.json',
  dts: true,
});
