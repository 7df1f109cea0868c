import { defineConfig } from 'tsdown';

/** One file of JavaScript and one of types. */
export default defineConfig({
  entry: { index: 'src/index.ts' },
  platform: 'neutral',
  target: 'es2022',
  fixedExtension: false,
  dts: true,
});
