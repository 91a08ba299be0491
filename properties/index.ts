export {
  noDanglingCurrentMigration,
  type PointerToMigration,
} from './no-dangling-current-migration.js';
export { noDuplicateSingletons } from './no-duplicate-singletons.js';
export { noUseAfterFinalize } from './no-use-after-finalize.js';
