/** The addresses of the running local system, for the operator's commands. */
import { join } from 'node:path';
import { writeFileWhole } from '@issue-on-behalf/files';
import type { Cloud } from '@issue-on-behalf/local-cloud';

/** Writes endpoints.json into the state folder. It contains no secret; after the system has ended, nothing listens there. */
export function writeEndpoints({ endpoints, outputs }: Cloud, region: string, stateDir: string): void {
  writeFileWhole(join(stateDir, 'endpoints.json'), JSON.stringify({ region, outputs, endpoints }, undefined, 2));
}
