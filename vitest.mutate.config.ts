import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { common } from './vitest.config.js';

// The tests that are about what is mutated. The others start processes that run what was built, or break the search themselves.
export default defineConfig({
  test: {
    ...common,
    setupFiles: [fileURLToPath(import.meta.resolve('./test/kit/fixed-seed.ts'))],
    include: ['test/{engine,explore,replay,sim}/**/*.test.ts', 'test/kit/compare.test.ts'],
    // Mutants change what is kept between files.
    isolate: true,
  },
});
