import { defineConfig } from 'vitest/config';

/** For all ways to run tests. */
export const common = {
  // Threads start faster than processes, and the coverage run needs them.
  pool: 'threads',
  // Otherwise one processor is kept free, which is half of a two-core machine.
  maxWorkers: '100%',
  // Loading the models again for each file takes longer than most files do.
  isolate: false,
  // A search that hangs must fail the run, but a two-core CI machine is slow.
  testTimeout: 120_000,
  hookTimeout: 120_000,
} as const;

const include = ['test/**/*.test.ts'];
const exclude = ['**/fixtures/**'];
/** These replace modules, which are loaded anew only for a file of its own. */
const replacing = ['test/kit/broken.test.ts'];

export default defineConfig({
  test: {
    ...common,
    projects: [
      { extends: true, test: { name: 'shared', include, exclude: [...exclude, ...replacing] } },
      { extends: true, test: { name: 'isolated', include: replacing, isolate: true } },
    ],
  },
});
