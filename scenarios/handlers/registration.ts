import type { AioContext, BottomHalf, Fd } from '../../models/index.js';
import type { Routine, Sim } from '../../src/index.js';
import type { Bench, Device } from './bench.js';

/** A way to be called by an event loop: what is done to a device's handler. */
export interface Registration {
  /** Makes the handler that calls for a device, and something for it to do. */
  readonly register: (device: Device) => Routine;
  /** What takes the handler out upstream. */
  readonly removal: string;
  /** Takes the handler out. */
  readonly deregister: () => Routine;
  /** Stops it for the time of a change, and then gives it something to do. */
  readonly modify: (change: () => Routine, device: Device) => Routine;
  /** What a callback does first. */
  readonly begins: () => Routine;
}

/** What a hazard is for. */
export type Kind = 'bottom-half' | 'fd-handler';

/** How a device is registered in a loop. */
export function registration(kind: Kind, bench: Bench): Registration {
  return kind === 'bottom-half' ? new ByBottomHalf(bench) : new ByFd(bench, bench.sim);
}

/** Upstream: qemu_bh_new, qemu_bh_delete. */
class ByBottomHalf implements Registration {
  readonly removal = 'qemu_bh_delete';
  private half: BottomHalf | undefined;

  constructor(private readonly bench: Bench) {}

  *register({ callback, name, owner }: Device): Routine {
    const { bottomHalves } = this.loop;
    this.half = yield* bottomHalves.create(name, callback, undefined, owner);
    yield* bottomHalves.schedule(this.half);
  }

  *deregister(): Routine {
    yield* this.loop.bottomHalves.delete(this.made);
  }

  *modify(change: () => Routine): Routine {
    const { bottomHalves } = this.loop;
    yield* bottomHalves.cancel(this.made);
    yield* change();
    yield* bottomHalves.schedule(this.made);
  }

  *begins(): Routine {}

  private get loop(): AioContext {
    return this.bench.loop;
  }

  private get made(): BottomHalf {
    return this.half ?? this.bench.sim.fail('no bottom half');
  }
}

/** Upstream: aio_set_fd_handler, of an event notifier that stays when the device goes. */
class ByFd implements Registration {
  readonly removal = 'aio_set_fd_handler';
  private readonly fd: Fd;

  constructor(
    private readonly bench: Bench,
    sim: Sim,
  ) {
    this.fd = { readable: sim.atomic('eventfd readable', false) };
  }

  *register({ callback, name, owner }: Device): Routine {
    yield* this.bench.loop.fds.set(name, this.fd, callback, owner);
    yield* this.fd.readable.store(true);
  }

  *deregister(): Routine {
    yield* this.bench.loop.fds.remove(this.fd);
  }

  /** Another handler, with another opaque, in the place of the one there is. */
  *modify(change: () => Routine, device: Device): Routine {
    yield* this.register(device);
    yield* change();
  }

  *begins(): Routine {
    yield* this.fd.readable.store(false);
  }
}
