/** What was argued about, or was once otherwise, in the life of devices and buses. Each answer is independent of the others. */
export interface QdevDesign {
  /**
   * When a bus gives up a device that leaves it, and the entry in its list: after a grace period, or at once (before upstream commit
   * 2d24a64661), when only threads with the big lock may walk the list.
   */
  readonly busEntries: 'freed after a grace period' | 'freed at once';
  /**
   * How a device says that it is realized: with release and acquire, so that who sees it without the big lock also sees what
   * realizing it wrote, or by an ordinary variable (before upstream commit a23151e8cc).
   */
  readonly realizedFlag: 'release and acquire' | 'ordinary';
  /**
   * D1: a bus in place keeps the device alive that it is part of (Liu Ping Fan, 2012), or only points to it (upstream).
   */
  readonly childBus: 'points to its device' | 'references its device';
  /**
   * Whether a bus that is unrealized, before its own device is, takes with it what is on it; or leaves that to when it is unparented,
   * after its device was unrealized (before upstream commit 5942a19040).
   */
  readonly busUnrealize: 'with what is on it' | 'alone';
  /**
   * Whether a device that was put under /machine/unattached because it had no parent is taken out again when it cannot be realized,
   * or stays (before upstream commit 69382d8b3e).
   */
  readonly failedRealize: 'unparents' | 'stays unattached';
  /**
   * What is looked at before a device comes or goes while the machine runs: the same in both cases, or (before 10.0) less when it goes,
   * so that one without any hot-plug handler is an abort, and in another place when it comes.
   */
  readonly hotplugCheck: 'the same for both' | 'when it comes';
}

/** What upstream does. */
export const upstreamQdev: QdevDesign = {
  busEntries: 'freed after a grace period',
  realizedFlag: 'release and acquire',
  childBus: 'points to its device',
  busUnrealize: 'with what is on it',
  failedRealize: 'unparents',
  hotplugCheck: 'the same for both',
};
