import { defineConfig } from 'vitest/config';

import tests from './vitest.config.ts';

/** `pnpm screenshots`: looks at every screen and state as the tests do, and keeps the pictures. */
export default defineConfig({
  ...tests,
  test: { ...tests.test, include: ['src/**/*.shots.ts'], testTimeout: 300_000 },
});
