/** The place of a local cloud: the region of its stacks, a fictitious account, and the addresses of its services. */
import type { RunningServices } from './services.ts';
import type { Assembly } from './template/assembly.ts';
import type { Place } from './template/identity.ts';

const account = '000000000000';
const defaultRegion = 'us-east-1';
const nowhere = 'http://127.0.0.1:1';

/** The one region of the stacks. */
export function regionOf(assembly: Assembly): string {
  const regions = new Set([...assembly.stacks.values()].map((stack) => stack.region ?? defaultRegion));
  const [region = defaultRegion, other] = regions;
  if (other) throw new Error(`the stacks are in several regions (${[...regions].join(', ')}), only one runs locally`);
  return region;
}

/** Default: the addresses of services that do not listen yet. */
export function placeFor(region: string, services?: RunningServices): Place {
  return {
    region,
    account,
    queueOrigin: services?.endpoints.messages ?? nowhere,
    apiOrigin: services?.apiOrigin ?? nowhere,
    siteOrigin: services?.siteOrigin ?? nowhere,
  };
}
