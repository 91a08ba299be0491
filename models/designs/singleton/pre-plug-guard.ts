import type { SingletonDesign } from '../../qom/singleton.js';
import { atMostOne } from './conflict.js';
import { noSingletons } from './none.js';

/**
 * G1. The machine looks, before a device is realized, whether it has one already, and keeps a plain pointer to it. Upstream today: for
 * IOMMUs (commit 1b3bf13890, pc_machine_device_pre_plug_cb); the devices of which fw_cfg permits one look in their realize. The pointer
 * is stored before it is known whether realize succeeds, and nothing takes it back.
 */
export const prePlugGuard: SingletonDesign = {
  ...noSingletons,
  name: 'pre-plug-guard',
  *publish() {},
  *activate(singleton, object) {
    if ((yield* singleton.read()) !== undefined) return atMostOne(singleton);
    yield* singleton.current.write(object);
    return undefined;
  },
};
