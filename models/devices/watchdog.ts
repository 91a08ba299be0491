import type { Block, Plain, Routine } from '../../src/index.js';
import { type QemuTimer, type TimerList, timerInit } from '../mainloop/timer.js';
import { type RegionOps, regionInit } from '../memory/region.js';
import type { QomObject } from '../qom/object.js';
import { pciBusMasterType, pciInitBusMaster } from './bus-master.js';
import { type PciDeviceTypeInfo, pciAddressSpace, pciRegisterBar } from './pci.js';

interface Watchdog {
  readonly barPlace: Block;
  /** How often it has expired. */
  readonly barks: Plain<number>;
  timer: QemuTimer | undefined;
}

/**
 * A device with a timer that the guest arms by writing a register, and that is deleted when the device is unrealized.
 *
 * Upstream: hw/watchdog/wdt_i6300esb.c:i6300esb_restart_timer, i6300esb_timer_expired, i6300esb_exit.
 */
export class WatchdogType {
  readonly info: PciDeviceTypeInfo<Watchdog>;
  private readonly timers: TimerList;

  /** @param timers - the list that the main loop runs */
  constructor(timers: TimerList) {
    this.timers = timers;
    this.info = {
      name: 'i6300esb',
      parent: pciBusMasterType.name,
      fields: (block) => ({
        barPlace: block.embed('i6300esb'),
        barks: block.plain('barks', 0),
        timer: undefined,
      }),
      realize: (device) => this.realize(device),
      exit: (device) => this.exit(device),
    };
  }

  private *realize(device: QomObject): Routine {
    yield* pciInitBusMaster(device);
    const space = yield* pciAddressSpace(device);
    const watchdog = device.as(this.info);
    const { barPlace, barks } = watchdog;
    const timer = timerInit(
      device.instance,
      'timer',
      () => expired(barks),
      () => device,
    );
    watchdog.timer = timer;
    const ops = new WatchdogOps(barks, this.timers, timer);
    const options = { name: 'i6300esb', size: 0x10, owner: device, ops };
    const bar = yield* regionInit(space.memory, barPlace, options);
    yield* pciRegisterBar(device, bar, space);
  }

  private *exit(device: QomObject): Routine {
    const { timer } = device.as(this.info);
    if (timer !== undefined) yield* this.timers.del(timer);
  }
}

/** i6300esb_timer_expired */
function* expired(barks: Plain<number>): Routine {
  yield* barks.write((yield* barks.read()) + 1);
}

class WatchdogOps implements RegionOps {
  readonly name = 'i6300esb_ops';

  constructor(
    private readonly barks: Plain<number>,
    private readonly timers: TimerList,
    private readonly timer: QemuTimer,
  ) {}

  *read(): Routine<number> {
    return yield* this.barks.read();
  }

  /** i6300esb_restart_timer */
  *write(_offset: number, value: number): Routine {
    yield* this.timers.mod(this.timer, value);
  }
}
