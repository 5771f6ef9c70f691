/** Delivers an example to the endpoint, signed as its vendor signs. */
import { readFileSync } from 'node:fs';
import type { Environment } from '../../../lib/config/environment.ts';
import { catalogOf } from '../../../lib/programs/programs.ts';
import { type Answer, deliver } from '../deliveries.ts';
import type { World } from '../world.ts';
import { headersOf } from './example-sources.ts';
import { parties } from './parties.ts';
import type { VendorKey } from './party.ts';

/** A key of the vendor for one test. */
export async function keyOf(vendor: string): Promise<VendorKey> {
  const party = parties[vendor];
  if (party === undefined) throw new Error(`There is no party ${vendor}`);
  return party.newKey();
}

export interface ExampleDelivery {
  environment: Environment;
  source: string;
  path: string;
  key: VendorKey;
}

export async function deliverExample(
  world: World,
  { environment, source, path, key }: ExampleDelivery,
): Promise<Answer> {
  const body = readFileSync(path);
  const url = `https://api.example.com/v1/events/${source}`;
  const { headers: proof, pathToken } = await key.deliver(world.clock.now(), { body: body.toString(), url });
  const own = Object.entries(headersOf(path)).map(([name, value]) => [name.toLowerCase(), value] as const);
  const { sources } = environment;
  const receiver = { sources, secrets: { [source]: [key.stored ?? ''] }, programs: catalogOf(environment) };
  return deliver(world, receiver, {
    source,
    headers: { ...Object.fromEntries(own), ...proof },
    body,
    token: pathToken,
  });
}
