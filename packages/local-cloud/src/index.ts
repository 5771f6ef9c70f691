/** What an application uses of the local cloud: synthesize it, start what the templates describe, and put away what it started. */
export { Cleanup } from './cleanup.ts';
export { type BusEvent, type Cloud, type CloudOptions, startCloud } from './cloud.ts';
export { lockFolder } from './state-folder.ts';
export { synthesize } from './synthesis.ts';
