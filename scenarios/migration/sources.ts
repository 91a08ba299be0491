// Where each side of the debate, or the commit that ended it, can be read. Message-ids are those of qemu-devel.

/** Peter Xu, "QOM: Singleton interface", October 2024: why the pointer dangles, and a way to reset it; and the replies to it. */
export const singletonSeries = 'qemu-devel 20241024165627.1372621-1-peterx@redhat.com';

/** Peter Xu, the second version of the same, and the replies to it. */
export const secondVersion = 'qemu-devel "[PATCH RFC v2 0/7] QOM: Singleton interface"';

/** Peter Xu, "migration: Protect updates to current_migration with a mutex", October 2024. */
export const mutexPatch = 'qemu-devel 20241024213056.1395400-9-peterx@redhat.com';

/** To join the migration thread: debated in the second version, which refers to a thread of 2019 for what is difficult about it. */
export const joinThread: string = `${secondVersion}, and 20190228122822.GD4970@work-vm before`;

/** A bottom half that outlives the object: fixed in 2019, again for another one in 2024. */
export const bottomHalfCommit = 'qemu commits fd392cfa8e and 27eb8499ed';

/** A migration thread that starts after the last reference is gone: fixed in 2024. */
export const threadStartCommit = 'qemu commit 7fc8beb16e';

/** The coroutine of an incoming migration that goes on when the object is gone: fixed in 2025. */
export const coroutineCommit = 'qemu commit d657a14de5';

/** A helper that asks before there is an object: fixed in 2024. */
export const nullCheckCommit = 'qemu commit 4daff81efb';
