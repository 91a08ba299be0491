/**
 * The brute force that the search is compared with. It shares no code with the search: it has its own reading of what
 * a program means, and visits everything.
 */
export { exploreInterleavings } from './interleavings.js';
export { exploreTraces } from './prefixes.js';
export { cumulative, type Result } from './result.js';
