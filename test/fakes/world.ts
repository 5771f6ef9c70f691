/** Every port of the use cases, faked and wired together: one world per test. */

import type { WorkerPorts } from '../../functions/worker/handler.ts';
import type { ConfirmPorts } from '../../lib/confirm/confirm.ts';
import type { NamedRequest } from '../../lib/issuance/identity.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import type { ErasePorts } from '../../lib/operate/erase.ts';
import type { ReconcilePorts } from '../../lib/operate/reconcile/reconcile.ts';
import { circuitStates } from '../../lib/submit/circuit-breaker/circuit-states.ts';
import { type FaultHook, faulty } from './faulty.ts';
import { InMemoryCircuits } from './in-memory-circuits.ts';
import { InMemoryDirectory } from './in-memory-directory.ts';
import { InMemoryErasure } from './in-memory-erasure.ts';
import { InMemoryFacts } from './in-memory-facts.ts';
import { InMemoryIssuances } from './in-memory-issuances.ts';
import { InMemoryQueue } from './in-memory-queue.ts';
import { InMemorySlots } from './in-memory-slots.ts';
import { InMemoryUntold } from './in-memory-untold.ts';
import { InMemoryUnusable } from './in-memory-unusable.ts';
import { keyedPseudonyms } from './keyed-pseudonyms.ts';
import { noCircuitBreaker } from './no-circuit-breaker.ts';
import { RecordingAnnouncer, RecordingLog, RecordingPollers } from './recorders.ts';
import { ScriptedProvider } from './scripted-provider.ts';
import { SingleProgram } from './single-program.ts';
import { unlimitedCalls } from './unlimited-calls.ts';
import { VirtualClock } from './virtual-clock.ts';

export const leaseMs = 70_000;
export const settlingMs = 32_000;
export const expressMs = 205_000;
export const hour = 3600_000;

/** The fakes of one test. `store`, `slots` and so on are never hooked; `ports()` are what the use cases get. */
export class World {
  readonly clock = new VirtualClock();
  readonly store = new InMemoryIssuances();
  readonly slots = new InMemorySlots();
  readonly circuitStore = new InMemoryCircuits();
  readonly facts = new InMemoryFacts();
  readonly queue = new InMemoryQueue(this.clock);
  readonly announcer = new RecordingAnnouncer();
  readonly untold = new InMemoryUntold();
  readonly unusable = new InMemoryUnusable();
  readonly pollers = new RecordingPollers();
  readonly directory = new InMemoryDirectory();
  readonly log = new RecordingLog();
  readonly provider = new ScriptedProvider();

  /** Ports of every use case; `hook` is called around each call of a port. */
  ports(hook: FaultHook = () => undefined): WorkerPorts & ConfirmPorts & ReconcilePorts & ErasePorts {
    const bus = faulty('announcer', this.announcer, hook);
    const untold = faulty('untold', this.untold, hook);
    const ports = {
      clock: this.clock,
      log: this.log,
      store: faulty('store', this.store, hook),
      slots: faulty('slots', this.slots, hook),
      circuits: noCircuitBreaker,
      callsLeft: unlimitedCalls,
      circuitStates: circuitStates({ store: faulty('circuitStore', this.circuitStore, hook), clock: this.clock }),
      facts: faulty('facts', this.facts, hook),
      directories: faulty('directories', this.directory, hook),
      queue: faulty('queue', this.queue, hook),
      messages: faulty('messages', this.queue, hook),
      announcer: keepingAnnouncer(bus, untold, this.log),
      bus,
      untold,
      unusable: faulty('unusable', this.unusable, hook),
      pollers: faulty('pollers', this.pollers, hook),
      pseudonyms: faulty('pseudonyms', keyedPseudonyms, hook),
      erasure: faulty('erasure', new InMemoryErasure(this.store, this.slots, this.facts), hook),
      programs: new SingleProgram(faulty('provider', this.provider, hook)),
      programNames: ['program-a', 'program-b'],
      factsOf: () => ['contact'],
      sources: {},
      random: () => 0.5,
      concurrency: 10,
      leaseMs,
      settlingMs,
      expressMs,
      deadlineMs: 24 * hour,
      retryMs: 72 * hour,
      releasesPerSecond: () => 50,
      retentionMs: 14 * 24 * hour,
    };
    return ports;
  }

  /** A request that is accepted; its event happened a minute ago unless said otherwise. */
  request(changes: Partial<NamedRequest> = {}): NamedRequest {
    return {
      source: 'shop',
      idempotencyKey: 'event-1',
      program: 'program-a',
      holder: 'ada@example.com',
      claims: { tier: 'Gold' },
      occurredAt: new Date(this.clock.now().getTime() - 60_000).toISOString(),
      ...changes,
    };
  }
}
