/** What an application uses of the local cloud: synthesize it, and start what the templates describe. */
export { type BusEvent, type Cloud, type CloudOptions, startCloud } from './cloud.ts';
export { lockFolder } from './state-folder.ts';
export { synthesize } from './synthesis.ts';
