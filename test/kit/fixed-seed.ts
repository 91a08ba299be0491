import fc from 'fast-check';

/**
 * For mutation testing, which asks for tests by name: `test.prop` puts the seed into the name, and tests whose names
 * change would never be run against a mutant.
 */
fc.configureGlobal({ seed: 1 });
