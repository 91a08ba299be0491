import { defineConfig } from 'vitest/config';
import { redirectToDist } from './tools/coverage/redirect-to-dist.js';
import { common } from './vitest.config.js';

// The root is where the command was started: the canary test runs this file on its own fixture.
export default defineConfig({
  plugins: [redirectToDist(process.cwd())],
  test: {
    ...common,
    include: ['test/**/*.test.ts'],
    exclude: [
      '**/fixtures/**',
      // Replaces modules of the sources, which are not what runs here.
      'test/kit/broken.test.ts',
      // About the brute force itself, which covers nothing of the package.
      'test/kit/{brute,commute,generate,shrink}.test.ts',
    ],
  },
});
