import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { determinism } from './tools/lint/determinism.js';

export default defineConfig(
  globalIgnores(['dist/', 'dist-bench/', 'coverage/', '**/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.js'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // The compiler knows which names exist, in JavaScript too (checkJs).
      'no-undef': 'off',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],

      // A thread is a generator function even if it ends without an operation.
      'require-yield': 'off',
      // `while (true)` with operations inside is how a thread polls.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // `yield* x.store(1)` returns void; so does `() => sim.assert(...)`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // "A generator or nothing" is what a callback may return; `undefined` would demand a return.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Marker classes with one shared instance are how an execution is unwound (see below).
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowEmpty: true, allowStaticOnly: true },
      ],
      // Under noUncheckedIndexedAccess every array read may be undefined. Where the index was just
      // checked, `!` and `as` say so at no cost; a call that asserts it would sit in the hot loop.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Numbers in messages are plain; everything else must be turned into text by hand.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'models/**/*.ts', 'properties/**/*.ts', 'scenarios/**/*.ts'],
    // The command line talks to people and processes; environment.ts is where budgets, elapsed time
    // and fresh seeds come from.
    ignores: ['src/cli/**', 'src/explore/environment.ts'],
    rules: determinism,
  },
  {
    files: ['src/engine/**/*.ts', 'test/kit/**/*.ts'],
    rules: {
      // An execution is unwound by shared signal objects: an Error would capture a stack each time.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['**/*.js'],
    rules: {
      // The compiler honours a cast in a JSDoc comment, this rule does not see it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // fast-check's arbitraries and vitest's matchers are passed around as methods.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
