/** The sandbox of Credenco. */
export type { Inspection } from './inspection.ts';
export { issuerDid } from './issuer/issuer-did.ts';
export { type CredencoSandbox, type CredencoSandboxOptions, startCredencoSandbox } from './start-credenco-sandbox.ts';
export type { CredencoSwitches } from './switches.ts';
