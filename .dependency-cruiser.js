// Which way the dependencies run:
// scenarios -> properties, models -> src/sim -> src/engine; cli -> everything.
// Type imports count, unless a rule says otherwise: they too tie a reader to the other room.

/** @type {{ dependencyTypesNot: import('dependency-cruiser').DependencyType[] }} */
const onlyTypes = { dependencyTypesNot: ['type-only'] };

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid('no-cycles', 'A cycle has no bottom to start reading from.', {
      from: {},
      to: { circular: true, viaOnly: onlyTypes },
    }),
    forbid('no-unresolved', 'Every import names a file that exists.', {
      from: {},
      to: { couldNotResolve: true },
    }),
    forbid('harness-knows-no-models', 'src knows nothing of QEMU; only its command line does.', {
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^(models|properties|scenarios)/' },
    }),
    forbid('product-knows-no-tests', 'What is published stands alone.', {
      from: { path: '^(src|models|properties|scenarios)/' },
      to: { path: '^(test|bench|tools|dist|dist-bench)/' },
    }),
    forbid('nothing-imports-cli', 'The command line is the outermost room.', {
      from: { pathNot: '^(src/cli|test|bench)/' },
      to: { path: '^src/cli/' },
    }),
    forbid('engine-alone', 'One execution knows neither its authors nor its strategies.', {
      from: { path: '^src/engine/' },
      to: { path: '^src/', pathNot: '^src/engine/' },
    }),
    forbid('sim-on-engine', 'What an author holds rests on the engine and on nothing else.', {
      from: { path: '^src/sim/' },
      to: { path: '^src/', pathNot: '^src/(sim|engine)/' },
    }),
    forbid('explore-below-its-users', 'A strategy knows neither shrinking nor test runners.', {
      from: { path: '^src/explore/' },
      to: { path: '^src/(explain|shrink|testing)/' },
    }),
    forbid('report-sees-recorded-data', 'A format reads what was recorded: types, never code.', {
      from: { path: '^src/report/' },
      to: { path: '^src/(engine|explore|explain|shrink)/', ...onlyTypes },
    }),
    forbid('report-runs-nothing', 'A format has no use for simulations or test runners.', {
      from: { path: '^src/report/' },
      to: { path: '^src/(sim|testing)/' },
    }),
    forbid('shrink-uses-replay', 'Shrinking works on any failure, whichever strategy found it.', {
      from: { path: '^src/shrink/' },
      to: { path: '^src/explore/(random|pct|pos|dfs|dpor)(\\.|/)' },
    }),
    forbid('vitest-is-optional', 'Only its own entry point may need vitest.', {
      from: { path: '^(src|models|properties|scenarios)/', pathNot: '^src/testing/vitest' },
      to: { path: '(node_modules/(@fast-check/)?vitest/|^src/testing/vitest)' },
    }),
    forbid('models-on-sim', 'A model is written against the public face of sim.', {
      from: { path: '^models/' },
      to: { path: '^(src|properties|scenarios)/', pathNot: '^src/(index\\.ts$|sim/)' },
    }),
    forbid('properties-on-sim', 'A property is usable on any scenario.', {
      from: { path: '^properties/' },
      to: { path: '^(src|scenarios)/', pathNot: '^src/(index\\.ts$|sim/)' },
    }),
    forbid('properties-see-model-types', 'A property observes a model and runs none of it.', {
      from: { path: '^properties/' },
      to: { path: '^models/', ...onlyTypes },
    }),
    forbid('scenarios-on-index', 'A scenario in this repository is written as a user writes it.', {
      from: { path: '^scenarios/' },
      to: { path: '^src/', pathNot: '^src/index\\.ts$' },
    }),
    forbid('no-dev-dependencies', 'What is published installs what it imports.', {
      from: { path: '^(src|models|properties|scenarios)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['npm-peer'] },
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|dist-bench|coverage)/|/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
    },
  },
};

/**
 * @param {string} name
 * @param {string} comment
 * @param {Pick<import('dependency-cruiser').IRegularForbiddenRuleType, 'from' | 'to'>} rule
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function forbid(name, comment, rule) {
  return { name, comment, severity: 'error', ...rule };
}
