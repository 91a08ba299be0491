// Where each side of the debate can be read.

/** The thread "qdev: fix create in place obj's life cycle problem", August and September 2012, which came to locks as well. */
export const thread2012 = '1345801763-24227-11-git-send-email-qemulist@gmail.com';

/** What is there today. */
export const code = 'hw/acpi/piix4.c, commit 73c520b088';

/** What is said of regions without the big lock where they are made, since the same commit. */
export const lockless =
  'include/system/memory.h:memory_region_enable_lockless_io, commit 73c520b088';
