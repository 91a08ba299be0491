export { aliasReferences } from './alias-references.js';
export { alwaysReferences } from './always-references.js';
export { byOwner } from './by-owner.js';
export { objectReference } from './object-reference.js';
export { unparentContainer } from './unparent-container.js';
