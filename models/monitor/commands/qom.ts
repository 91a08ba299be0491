import type { Routine } from '../../../src/index.js';
import { classIsAbstract } from '../../qom/class.js';
import { failed, type QemuError } from '../../qom/error.js';
import {
  type PropertyInfo,
  qmpDeviceListProperties,
  qmpQomGet,
  qmpQomList,
  qmpQomListProperties,
  qmpQomSet,
} from '../../qom/introspection.js';
import { qmpObjectAdd, userCreatableDel } from '../../qom/user-creatable.js';
import type { QObject } from '../../qom/visitors/qobject.js';
import { boolShape, optional, stringShape } from '../../qom/visitors/shape.js';
import {
  type Answer,
  anyShape,
  command,
  dict,
  type MonitorCommand,
  uncheckedCommand,
} from '../command.js';

/** The commands of the object model. Upstream: qapi/qom.json, qom/qom-qmp-cmds.c. */
export const qomCommands: Readonly<Record<string, MonitorCommand>> = {
  'qom-list': command(
    { path: stringShape },
    function* ({ machine }, { path }) {
      return described(yield* qmpQomList(machine.qom, path));
    },
    { preconfig: true },
  ),
  'qom-get': command(
    { path: stringShape, property: stringShape },
    function* ({ machine }, { path, property }): Routine<Answer> {
      return yield* qmpQomGet(machine.qom, path, property);
    },
    { preconfig: true },
  ),
  'qom-set': command(
    { path: stringShape, property: stringShape, value: anyShape },
    function* ({ machine }, { path, property, value }): Routine<Answer> {
      return yield* qmpQomSet(machine.qom, path, property, value);
    },
    { preconfig: true },
  ),
  'qom-list-types': command(
    { implements: optional(stringShape), abstract: optional(boolShape) },
    function* ({ machine }, { implements: implementing, abstract = false }) {
      const found: QObject[] = [];
      const wanted = { ...(implementing !== undefined && { implementing }), abstract };
      yield* machine.qom.types.forEachClass(function* (klass) {
        const { type: name, parent } = klass;
        const isAbstract = classIsAbstract(klass) || undefined;
        found.push(dict({ name, abstract: isAbstract, parent: parent?.type }));
      }, wanted);
      return found;
    },
    { preconfig: true },
  ),
  'qom-list-properties': command(
    { typename: stringShape },
    function* ({ machine }, { typename }) {
      return described(yield* qmpQomListProperties(machine.qom, typename));
    },
    { preconfig: true },
  ),
  'device-list-properties': command(
    { typename: stringShape },
    function* ({ machine }, { typename }) {
      return described(yield* qmpDeviceListProperties(machine.qom, typename));
    },
  ),
  'object-add': {
    ...uncheckedCommand(({ machine }, args) => qmpObjectAdd(machine.qom, args)),
    preconfig: true,
  },
  'object-del': command(
    { id: stringShape },
    ({ machine }, { id }): Routine<Answer> => userCreatableDel(machine.qom, id),
    { preconfig: true },
  ),
};

/** ObjectPropertyInfo */
function described(infos: readonly PropertyInfo[] | QemuError): Answer {
  if (failed(infos)) return infos;
  return infos.map(({ name, type, defaultValue }) =>
    dict({ name, type, 'default-value': defaultValue }),
  );
}
