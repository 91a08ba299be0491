// Where each side of the debate can be read. Message-ids and subjects are those of qemu-devel.

/** Peter Xu, "QOM: Singleton interface", October 2024, and the replies to it. */
export const firstVersion = 'qemu-devel 20241024165627.1372621-1-peterx@redhat.com';

/** Peter Xu, the second version of the same. */
export const secondVersion = 'qemu-devel "[PATCH RFC v2 0/7] QOM: Singleton interface"';

/** Peter Xu, to reset the pointer to the migration object without a singleton. */
export const clearInFinalize = 'qemu-devel 20241024213056.1395400-9-peterx@redhat.com';

/** The check for a second IOMMU on x86. */
export const prePlugCommit = 'qemu commit 1b3bf13890';

/** What QEMU does today. */
export const code = 'qemu qom/object.c:object_new';
