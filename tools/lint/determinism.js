// The same seed must give the same executions, byte for byte: whatever reads the clock, a timer or
// the system's randomness is an error in the harness, the models, the properties and the scenarios.

const instead = 'use the chooser, a seeded stream or src/explore/environment.ts';
const timers = ['setTimeout', 'setInterval', 'setImmediate'];
const globals = ['Date', 'performance', 'crypto', 'queueMicrotask', ...timers];
const ofProcess = [
  'hrtime',
  'uptime',
  'cpuUsage',
  'memoryUsage',
  'resourceUsage',
  'pid',
  'nextTick',
];

const member = (/** @type {string} */ object, /** @type {string} */ property) => ({
  object,
  property,
  message: `Not deterministic: ${instead}.`,
});

/** @type {import('eslint').Linter.RulesRecord} */
export const determinism = {
  'no-restricted-globals': [
    'error',
    ...globals.map((name) => ({ name, message: `Not deterministic: ${instead}.` })),
  ],
  'no-restricted-properties': [
    'error',
    member('Math', 'random'),
    ...ofProcess.map((property) => member('process', property)),
    // The last two would hide what is asked of them.
    ...[...globals, 'Math', 'process'].map((name) => member('globalThis', name)),
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: ['crypto', 'perf_hooks', 'process', 'timers', 'timers/promises'].flatMap((name) =>
        [name, `node:${name}`].map((specifier) => ({
          name: specifier,
          message: `Not deterministic: ${instead}.`,
        })),
      ),
    },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "CallExpression[callee.name='seedrandom'][arguments.length=0]",
      message: 'Without a seed, seedrandom takes one from the system: pass a named seed.',
    },
    {
      selector: "VariableDeclarator[init.name='Math'][id.type='Identifier']",
      message: `Under another name nobody sees what is asked of it: ${instead}.`,
    },
  ],
};
