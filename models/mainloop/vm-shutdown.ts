import type { Routine, ThreadHandle } from '../../src/index.js';
import type { BigLock } from './big-lock.js';
import type { MainLoop } from './main-loop.js';

/**
 * Stops the guest: waits for the virtual CPUs, which takes dropping the big lock and lets them finish what they do under it, and then
 * polls until the block layer is quiet, so that bottom halves run.
 *
 * Upstream: system/cpus.c:vm_shutdown, pause_all_vcpus (qemu_cond_wait on the big lock), block/io.c:bdrv_drain_all. Whether the
 * block layer has anything to wait for is open upstream; a bottom half that is not run for want of it is here one that was scheduled
 * after the last poll.
 *
 * @param vcpus - the virtual CPUs; none of them is left inside a device afterwards
 */
export function* vmShutdown(
  loop: MainLoop,
  bigLock: BigLock,
  vcpus: readonly ThreadHandle[] = [],
): Routine {
  loop.sim.log('vm_shutdown');
  yield* bigLock.unlock();
  for (const vcpu of vcpus) yield* vcpu.join();
  yield* bigLock.lock();
  let progress = true;
  while (progress) progress = yield* loop.bottomHalves.poll();
}

/**
 * Ends the monitor: waits for the coroutine that executes commands, and polls meanwhile. Whether the coroutine has anything left to do
 * is open: one turn is made if there is something to do in it.
 *
 * Upstream: monitor/monitor.c:monitor_cleanup.
 */
export function* monitorCleanup({ sim, context }: MainLoop): Routine {
  sim.log('monitor_cleanup');
  yield* context.poll(false);
}
