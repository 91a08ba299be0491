/** Releases that answer differently. */
export type QemuVersion = '7.2' | '10.0' | '10.2';

/** What the answers of a release differ in from those of others. */
export interface VersionFacts {
  /** query-version's answer. */
  readonly version: { readonly major: number; readonly minor: number; readonly micro: number };
  readonly package: string;
  /** What the root of the composition tree holds besides the machine. */
  readonly containers: readonly string[];
  /** Whether query-status tells of single steps. */
  readonly singlestep: boolean;
  /** How the beginning of an incoming migration shows: by an event, or to who asks. */
  readonly incomingSetup: 'told' | 'shown';
  /** Whether a migration has a state while it sends devices. */
  readonly deviceStatus: boolean;
  /** Whether a device that no handler is responsible for can be asked to go: an abort. */
  readonly hotplugCheck: 'the same for both' | 'when it comes';
  /** Whether a listener has a mutex that only its constructor makes. */
  readonly listenerMutex: boolean;
}

export const versions: Readonly<Record<QemuVersion, VersionFacts>> = {
  '7.2': {
    version: { major: 7, minor: 2, micro: 22 },
    package: 'Debian 1:7.2+dfsg-7+deb12u18+b3',
    containers: ['chardevs', 'objects'],
    singlestep: true,
    incomingSetup: 'told',
    deviceStatus: false,
    hotplugCheck: 'when it comes',
    listenerMutex: true,
  },
  '10.0': {
    version: { major: 10, minor: 0, micro: 2 },
    package: 'Debian 1:10.0.2+ds-2+deb13u1~bpo12+1',
    containers: ['chardevs', 'objects', 'backend'],
    singlestep: false,
    incomingSetup: 'shown',
    deviceStatus: true,
    hotplugCheck: 'the same for both',
    listenerMutex: false,
  },
  '10.2': {
    version: { major: 10, minor: 2, micro: 2 },
    package: '',
    containers: ['chardevs', 'objects', 'backend', 'audiodevs'],
    singlestep: false,
    incomingSetup: 'shown',
    deviceStatus: true,
    hotplugCheck: 'the same for both',
    listenerMutex: true,
  },
};
