export { xhciCutsLink } from './cut-link.js';
export { regionHeld } from './region-held.js';
export { staticProperties } from './static-properties.js';
