export { deferredReclaim } from './deferred-reclaim.js';
export { deviceReference } from './device-reference.js';
export { head } from './head.js';
export { impliedFlush } from './implied-flush.js';
export { lookupThenReference } from './lookup-then-reference.js';
export { opaqueReference } from './opaque-reference.js';
