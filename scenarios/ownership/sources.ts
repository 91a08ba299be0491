// Where the rules of ownership were laid down.

/** Paolo Bonzini, "QOM exegesis and apocalypse". */
export const slides = 'KVM Forum 2014';

/** The parent of a region becomes its owner. */
export const parentCommit = 'qemu commit 22a893e4f5';

/** The memory of quirks is given back in instance_finalize. */
export const quirkCommits = 'qemu commits ba5e6bfa1a and 77a10d04d0';

/** What devices do today. */
export const code = 'QEMU 10.2';

/** What the rules were laid down against: the debate about dispatch without the big lock. */
export const lockless2012 = '1345801763-24227-11-git-send-email-qemulist@gmail.com';
