export { isLabel, type Label, type Labelled, labels, labelsOf } from './labels.js';
export {
  noDanglingCurrentMigration,
  type PointerToMigration,
} from './no-dangling-current-migration.js';
export { noDuplicateSingletons } from './no-duplicate-singletons.js';
export { noUseAfterFinalize } from './no-use-after-finalize.js';
