// The coverage recipe, for the project in the current directory: its compiled files are in dist, its
// tests import them through redirect-to-dist.ts. Arguments go to vitest.
// The canary test runs this file on a fixture whose uncovered lines are known.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const tool = (/** @type {string} */ file) => path.join(repository, 'node_modules', file);

/**
 * Sources that compile to nothing. c8 would count every line of a module that was never loaded as
 * uncovered, and a module of types never is.
 */
function sourcesWithoutCode() {
  return readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .filter((file) => {
      const code = readFileSync(path.join('dist', file), 'utf8');
      return code.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').trim() === 'export {};';
    })
    .map((file) => file.replace(/\.js$/, '.ts'));
}

const exclude = ['**/*.d.ts', ...sourcesWithoutCode()].flatMap((file) => ['--exclude', file]);
const c8 = [tool('c8/bin/c8.js'), '--config', path.join(repository, '.c8rc.json'), ...exclude];
const vitest = [
  tool('vitest/vitest.mjs'),
  'run',
  '--root',
  '.',
  '--config',
  path.join(repository, 'vitest.coverage.config.ts'),
];
const { status } = spawnSync(
  process.execPath,
  [...c8, process.execPath, ...vitest, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
