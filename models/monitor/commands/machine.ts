import type { Routine } from '../../../src/index.js';
import { type DeviceOptions, qmpDeviceAdd } from '../../qdev/device-add.js';
import { qmpDeviceDel } from '../../qdev/device-del.js';
import { invalidValue, QemuError } from '../../qom/error.js';
import { idWellformed } from '../../qom/user-creatable.js';
import type { QDict, QObject } from '../../qom/visitors/qobject.js';
import { stringShape } from '../../qom/visitors/shape.js';
import { type Answer, command, dict, type MonitorCommand, uncheckedCommand } from '../command.js';

/** The commands of devices, and of whether the machine runs. Upstream: qapi/qdev.json, qapi/run-state.json, qapi/misc.json. */
export const machineCommands: Readonly<Record<string, MonitorCommand>> = {
  'query-version': command(
    {},
    function* ({ version }) {
      return { qemu: dict(version.version), package: version.package };
    },
    { preconfig: true },
  ),
  'query-status': command(
    {},
    function* ({ runState, version }) {
      const status = yield* runState.state.read();
      const singlestep = version.singlestep ? false : undefined;
      return dict({ status, singlestep, running: status === 'running' });
    },
    { preconfig: true },
  ),
  device_add: uncheckedCommand(function* ({ qdev }, args): Routine<Answer> {
    const options = asText(args);
    if (options.id !== undefined && !idWellformed(options.id)) {
      return invalidValue('id', 'an identifier');
    }
    return yield* qmpDeviceAdd(qdev, options);
  }),
  device_del: command(
    { id: stringShape },
    ({ qdev }, { id }): Routine<Answer> => qmpDeviceDel(qdev, id),
  ),
  'x-exit-preconfig': command(
    {},
    function* ({ qdev, runState }): Routine<Answer> {
      if ((yield* qdev.start.read()).phase === 'machine ready') {
        const when = 'is permitted only before machine initialization';
        return new QemuError(`The command 'x-exit-preconfig' ${when}`);
      }
      yield* qdev.machineReady();
      yield* runState.start();
      return undefined;
    },
    { preconfig: true },
  ),
  stop: command({}, ({ runState }): Routine<Answer> => runState.stop()),
  cont: command({}, ({ runState }): Routine<Answer> => runState.cont()),
  system_reset: command({}, ({ runState }): Routine<Answer> => runState.requestReset()),
  quit: command({}, ({ runState }): Routine<Answer> => runState.requestShutdown(), {
    preconfig: true,
  }),
};

/** qemu_opts_from_qdict: scalars as text; what is none is passed over, and so are names that are no text. */
function asText(args: QDict): DeviceOptions {
  const options: Record<string, string> = {};
  for (const [name, value] of Object.entries(args)) {
    const isName = name === 'driver' || name === 'id';
    const given = isName && typeof value !== 'string' ? undefined : text(value);
    if (given !== undefined) options[name] = given;
  }
  return options;
}

function text(value: QObject): string | undefined {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
