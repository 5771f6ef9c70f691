/** The sandbox of AIR Kit. */
export { type AirKitSandbox, startAirKitSandbox } from './start-air-kit-sandbox.ts';
export type { AirKitSwitches } from './switches.ts';
