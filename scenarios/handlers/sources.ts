// Where each side of the debate can be read.

/** The thread "qdev: fix create in place obj's life cycle problem", August and September 2012: the pattern is for handlers of any kind. */
export const thread2012 = '1345801763-24227-11-git-send-email-qemulist@gmail.com';

/** What is there today. */
export const code = 'util/async.c, util/aio-posix.c';

/** A bottom half that had to take a reference itself. */
export const reference2024 = 'commit 27eb8499ed';
