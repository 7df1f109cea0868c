import { defineConfig } from 'vitest/config';

// The runner starts as its user starts it, with all that it needs loaded, which takes a busy machine a while.
export default defineConfig({ test: { testTimeout: 60_000 } });
