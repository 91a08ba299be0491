import type { Routine } from '../../../src/index.js';
import { objectGetContainer } from '../../qom/containers.js';
import { QemuError } from '../../qom/error.js';
import type { QObject } from '../../qom/visitors/qobject.js';
import { stringShape } from '../../qom/visitors/shape.js';
import type { BlockNodes } from '../block-nodes.js';
import { type Answer, command, type MonitorCommand } from '../command.js';
import type { Vm } from '../vm.js';

/** The commands of what devices use. Upstream: qapi/block-core.json, qapi/misc.json, iothread.c. */
export const blockCommands: Readonly<Record<string, MonitorCommand>> = {
  'query-iothreads': command(
    {},
    function* ({ machine }) {
      const objects = yield* objectGetContainer(machine.qom, 'objects');
      const found: QObject[] = [];
      for (const { child, name } of yield* objects.properties.read()) {
        if (child?.isA('iothread') === true) found.push({ id: name });
      }
      return found;
    },
    { preconfig: true },
  ),
  'blockdev-add': command(
    { driver: stringShape, 'node-name': stringShape },
    function* (vm, { driver, 'node-name': name }): Routine<Answer> {
      if (driver === 'null-co') return yield* nodesOf(vm).add(name);
      return new QemuError(`Parameter 'driver' does not accept value '${driver}'`);
    },
  ),
  'blockdev-del': command(
    { 'node-name': stringShape },
    (vm, { 'node-name': name }): Routine<Answer> => nodesOf(vm).del(name),
  ),
};

function nodesOf({ blockNodes, machine }: Vm): BlockNodes {
  return blockNodes ?? machine.sim.fail('qmp_blockdev_add: there is no block layer');
}
