import { buildPortal, isBuilt } from './build-portal.ts';

// Svelte's own checks are for who develops with it, whoever asks for the build.
process.env['NODE_ENV'] = 'production';

// `pnpm demo` and `pnpm start` ask for it first: what is built already is not built again.
if (!(process.argv.includes('--if-needed') && (await isBuilt()))) {
  process.stdout.write('building the portal\n');
  await buildPortal();
}
