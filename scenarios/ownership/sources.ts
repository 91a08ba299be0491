// Where the rules of ownership were laid down.

/** Paolo Bonzini, "QOM exegesis and apocalypse". */
export const slides = 'KVM Forum 2014';

/** The parent of a region becomes its owner. */
export const parentCommit = 'qemu commit 22a893e4f5';

/** A region gets an owner apart from its parent again. */
export const ownerCommit = 'qemu commit 612263cf33';

/** The memory of quirks is given back in instance_finalize. */
export const quirkCommits = 'qemu commits ba5e6bfa1a and 77a10d04d0';

/** What devices do today. */
export const code = 'QEMU 10.2';
