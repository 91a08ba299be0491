import { holders, type MigrationDesign } from '../../migration/design.js';
import { reference, unreference } from '../../qom/lifetime.js';
import { objectNew } from '../../qom/object-new.js';

/**
 * Upstream as it is. The pointer is stored once and never reset; it holds the reference that migration_object_init took until
 * migration_shutdown drops it. The migration thread's reference is taken before the thread exists (commit 7fc8beb16e), a bottom half's
 * before it is scheduled (fd392cfa8e, 27eb8499ed), that of an incoming migration's coroutine before it begins (d657a14de5). Code
 * outside takes none.
 */
export const upstream: MigrationDesign = {
  name: 'upstream',
  singleton: false,
  secondPointer: false,
  *born() {},
  *dying() {},
  *publish({ current }, object) {
    yield* current.write(object);
  },
  objectPerMigration: false,
  *take(_migration, object, holder) {
    yield* reference(object, holder);
  },
  *drop(_migration, object, holder) {
    yield* unreference(object, holder);
  },
  *beforeThread(migration, object) {
    yield* migration.design.take(migration, object, holders.thread);
  },
  *insideThread() {},
  bottomHalfReferences: true,
  coroutineReferences: true,
  *release({ current }) {
    const object = yield* current.read();
    if (object !== undefined) yield* unreference(object);
  },
  *borrow({ exported }, locked) {
    if (locked) return yield* exported.read();
    const read = yield* exported.unlockedRead();
    return yield* read();
  },
  *giveBack() {},
  *introspect({ qom, type }) {
    yield* unreference(yield* objectNew(qom, type.name, 'temporary MigrationState'));
  },
};
