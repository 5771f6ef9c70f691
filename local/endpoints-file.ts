/** The addresses of the running local system, for the operator's commands. */
import { join } from 'node:path';
import { writeFileWhole } from '@issue-on-behalf/files';
import type { Cloud } from '@issue-on-behalf/local-cloud';

interface OwnEndpoints {
  region: string;
  /** The stream of received events. */
  deliveries: string;
}

/** Writes endpoints.json into the state folder. It contains no secret; after the system has ended, nothing listens there. */
export function writeEndpoints({ endpoints, outputs }: Cloud, own: OwnEndpoints, stateDir: string): void {
  writeFileWhole(join(stateDir, 'endpoints.json'), JSON.stringify({ ...own, outputs, endpoints }, undefined, 2));
}
