// Where each side of the debate, or the commit that ended it, can be read.

/** Peter Xu's answer about Akihiko Odaki's patch, with what Akihiko Odaki had answered before, August 2024. */
export const thread2024 =
  'qemu-devel "Re: [PATCH v4 6/7] memory: Do not create circular reference with subregion", 2024-08-29';

/** Peter Xu's answer as it was merged for 10.2. */
export const merged = 'qemu commit ac7a892fd3';

/** The alias that kept its own owner, 2015. */
export const aliasCommit = 'qemu commit 52c91dac6b';

/** Regions are not unparented in instance_finalize any more, 2025. */
export const unparentCommits = 'qemu commits 62e82053fc, e3ed862cab, 9b80f8a8e7';

/** VFIO frees the regions of its quirks in instance_finalize, 2015. */
export const quirkCommits = 'qemu commits ba5e6bfa1a and 77a10d04d0';
