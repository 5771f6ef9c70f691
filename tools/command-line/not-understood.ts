/** Says on the terminal that a record was left as it is. */
import type { RecordNotUnderstood } from '../../lib/aws/stored-issuance.ts';

export function sayNotUnderstood({ message }: RecordNotUnderstood): void {
  process.stderr.write(`${message}. It is left as it is.\n`);
}
