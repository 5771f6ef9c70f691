/** A directory in memory, which knows some holders, and fails as often as it is told to. */
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Directories } from '../../lib/submit/directories.ts';

export class InMemoryDirectory implements Directories {
  /** Holders by key. */
  readonly holders = new Map<string, string>();
  /** Thrown by the next calls, in order. */
  readonly failures: Error[] = [];
  readonly asked: { source: string; key: string }[] = [];

  async find(source: string, key: string): Promise<string> {
    this.asked.push({ source, key });
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const holder = this.holders.get(key);
    if (holder === undefined) throw new IssuanceError('holder-not-found');
    return holder;
  }
}
