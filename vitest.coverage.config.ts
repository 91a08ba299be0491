import { mergeConfig } from 'vitest/config';
import { redirectToDist } from './tools/coverage/redirect-to-dist.js';
import base from './vitest.config.js';

// The root is where the command was started: the canary test runs this file on its own fixture.
export default mergeConfig(base, {
  plugins: [redirectToDist(process.cwd())],
  test: {
    exclude: [
      // Replaces modules of the sources, which are not what runs here.
      'test/kit/broken.test.ts',
      // About the brute force itself, which covers nothing of the package.
      'test/kit/{brute,commute,generate,shrink}.test.ts',
    ],
  },
});
