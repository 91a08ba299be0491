export { handlersCopied } from './copy-and-publish.js';
export { handlersGlib } from './glib.js';
export { handlersInIothread } from './iothread.js';
export { handlersReferenced } from './lookup-then-reference.js';
export { handlersInMainLoop } from './main-loop.js';
export { handlersOneLock } from './one-lock.js';
export { handlersByOneShot } from './one-shot.js';
export { handlersCounted, handlersCountedByOthers } from './waiting-deregistration.js';
