import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/fixtures/**'],
    // Threads start faster than processes, and the coverage run needs them.
    pool: 'threads',
    // Otherwise one processor is kept free, which is half of a two-core machine.
    maxWorkers: '100%',
    // A search that hangs must fail the run, but a two-core CI machine is slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
