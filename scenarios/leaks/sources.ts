// Where each word about leaks comes from.

/** Debian's build of QEMU 10.0.2: each type plugged with device_add, let go by the guest, DEVICE_DELETED waited for over QMP. */
export const measured100 = 'QEMU 10.0.2 over QMP: device_add, device_del, eject, DEVICE_DELETED';

/** The same of 10.2.2. */
export const measured102 = 'QEMU 10.2.2 over QMP: device_add, device_del, eject, DEVICE_DELETED';

/** The commit between the two that concerns leaks. */
export const merged = 'qemu commit ac7a892fd3';
