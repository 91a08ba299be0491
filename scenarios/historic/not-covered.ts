/** A fix that has no scenario of its own. */
interface NotCovered {
  /** Of the mistake that it belongs to. */
  readonly number: number;
  readonly commits: readonly string[];
  readonly reason: string;
}

/** Fixes of the mistakes of this family that are not shown, and why. */
export const notCovered: readonly NotCovered[] = [
  {
    number: 8,
    commits: ['0d58c66068'],
    reason: 'an earlier attempt to mend the same, and what the CPU remembers comes from it',
  },
  {
    number: 20,
    commits: ['012b170173'],
    reason: 'has device_add wait after a failure only, so that the lock is dropped less often',
  },
  {
    number: 21,
    commits: ['736b01642d', '25ddb946e6'],
    reason: 'two devices refused DMA to themselves before all did, by checks of their own',
  },
  {
    number: 21,
    commits: ['b987718bbb'],
    reason: 'what loops without end is the script of one device, which nothing here interprets',
  },
  {
    number: 21,
    commits: ['ba28e0ff4d', 'b4295bff25', 'f4729ec39a'],
    reason: 'the two halves of a virtio device had a guard each; here a device has no such halves',
  },
];
