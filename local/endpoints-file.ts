/** Where the parts of the running local system listen, for the operator's commands. */
import { join } from 'node:path';
import type { Cloud } from './cloud/cloud.ts';
import { writeFileWhole } from './files/write-file.ts';

/** Writes endpoints.json into the state folder. It names no secret; after the system has ended nothing listens there. */
export function writeEndpoints({ endpoints, outputs }: Cloud, region: string, stateDir: string): void {
  writeFileWhole(join(stateDir, 'endpoints.json'), JSON.stringify({ region, outputs, endpoints }, undefined, 2));
}
