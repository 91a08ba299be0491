import type { Routine } from '../../../src/index.js';
import type { QomObject } from '../../qom/object.js';
import type { Singleton, SingletonDesign } from '../../qom/singleton.js';
import { prePlugGuard } from './pre-plug-guard.js';

/**
 * G7. Objects come and go without any effect; only one can be active. Argued by Markus Armbruster against singletons in object_new: it
 * is realize or complete that has side effects, so it is there that a second one has to fail. What fails, ends or dies is forgotten.
 */
export const uniqueWhenActive: SingletonDesign = {
  ...prePlugGuard,
  name: 'unique-when-active',
  activationFailed: forget,
  deactivate: forget,
  dying: forget,
};

/** The pointer goes if it points to this object: another one, which was never active, leaves it alone. */
function* forget(singleton: Singleton, object: QomObject): Routine {
  const active = yield* singleton.read();
  if (active === object) yield* singleton.current.write(undefined);
}
