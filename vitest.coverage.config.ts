import { mergeConfig } from 'vitest/config';
import { redirectToDist } from './tools/coverage/redirect-to-dist.js';
import base from './vitest.config.js';

// The root is where the command was started: the canary test runs this file on its own fixture.
export default mergeConfig(base, { plugins: [redirectToDist(process.cwd())] });
