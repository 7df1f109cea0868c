import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    globalSetup: ['./src/testing/global-setup.ts', '@retainer/core/testing/global-setup'],
    // The first test of a run also starts the service and the browser.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // One worker that forgets nothing between files: one browser and one server for the whole run.
    maxWorkers: 1,
    isolate: false,
  },
});
