/** A provider that is out of order when a test says so, and containers of workers that have circuit breakers for it. */
import { accept } from '../../lib/accept/accept.ts';
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { submit } from '../../lib/submit/submit.ts';
import type { SubmitEnd } from '../../lib/submit/submit-end.ts';
import { World } from './world.ts';

export class BreakableProvider {
  readonly world = new World();
  readonly store = this.world.circuitStore;
  /** What each submission of program-a ends in. */
  broken: ErrorCode | undefined;
  /** The programs of the submissions so far. */
  calls: string[] = [];
  #accepted = 0;

  constructor() {
    const { provider } = this.world;
    const works = provider.submit.bind(provider);
    provider.submit = async (job) => {
      this.calls.push(job.program);
      if (this.broken !== undefined && job.program === 'program-a') throw new IssuanceError(this.broken);
      return works(job);
    };
  }

  /** A worker's container: circuits with a memory of their own over the shared store. */
  container() {
    const { world, store } = this;
    return { ...world.ports(), circuits: new SharedCircuitBreaker({ store, clock: world.clock, log: world.log }) };
  }

  async accepted(program = 'program-a'): Promise<IssuanceId> {
    this.#accepted += 1;
    const number = this.#accepted;
    const changes = { program, idempotencyKey: `event-${number}`, holder: `${number}@example.com` };
    return (await accept(this.world.request(changes), this.world.ports())).issuance.id;
  }

  many(size: number, program?: string): Promise<IssuanceId[]> {
    return Promise.all(Array.from({ length: size }, () => this.accepted(program)));
  }

  async work(ids: readonly IssuanceId[], ports = this.container()): Promise<SubmitEnd[]> {
    const ends: SubmitEnd[] = [];
    for (const id of ids) ends.push(await submit(id, 1, ports));
    return ends;
  }

  async record(id: IssuanceId): Promise<Issuance> {
    return (await this.world.store.get(id)) as Issuance;
  }
}
