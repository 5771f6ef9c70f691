/** For a table of which every record is understood: one that is not fails the test. */
import type { RecordNotUnderstood } from '../../lib/aws/stored-issuance.ts';

export function refuse(error: RecordNotUnderstood): never {
  throw error;
}
