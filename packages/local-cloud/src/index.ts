/** The public interface of the local cloud: synthesize an application, and start what its templates describe. */
export { type BusEvent, type Cloud, type CloudOptions, type Invocation, startCloud } from './cloud.ts';
export type { MadeCall } from './iam/calls.ts';
export { neededBy, type Right, rightsOf } from './iam/rights.ts';
export { lockFolder } from './state-folder.ts';
export { synthesize } from './synthesis.ts';
