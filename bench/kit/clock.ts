/**
 * Milliseconds of processor time that this process used, all its threads together.
 *
 * Everything here is bound by the processor, so that on an idle machine this is the time on the wall, give or take a collector
 * that works beside the program. On a machine that is busy with other things it still is; the wall is not.
 */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
