import { defineConfig } from 'vitest/config';

// One file after another: each has a PostgreSQL and processes of its own.
export default defineConfig({
  test: { testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false },
});
