/** Where the debate of 2012 about dispatch without the big lock was held: "qdev: fix create in place obj's life cycle problem". */
export const lockless2012 = '1345801763-24227-11-git-send-email-qemulist@gmail.com';

/** What upstream did when the debate began. */
export const release2012 = 'QEMU 1.2';

/** Dispatch without the big lock, as it was merged in 2015. */
export const lockless2015 = 'commits 374f2981d1, 79e2b9aecc, de7ea885c5';

/** Regions on the heap, which a view shows for longer than they are there. */
export const heapRegion2023 = 'commit 690705ca0b';
