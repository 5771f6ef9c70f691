/** The ports that one process sees: each call goes through it, so that it can fail, be slow, or be the last. */

import type { TriggerPorts } from '../../functions/trigger/operation.ts';
import type { WorkerPorts } from '../../functions/worker/handler.ts';
import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import type { ConfirmPorts } from '../../lib/confirm/confirm.ts';
import type { Announcer } from '../../lib/issuance/event.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import type { ListQuery } from '../../lib/issuance/issuance-store.ts';
import type { Log } from '../../lib/issuance/log-events.ts';
import type { IssuanceQueue } from '../../lib/issuance/ports.ts';
import type { Status } from '../../lib/issuance/status.ts';
import { keepingAnnouncer } from '../../lib/issuance/untold.ts';
import type { ReconcilePorts } from '../../lib/operate/reconcile/reconcile.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { circuitStates } from '../../lib/submit/circuit-breaker/circuit-states.ts';
import { InMemoryUnusable } from '../fakes/in-memory-unusable.ts';
import { keyedPseudonyms } from '../fakes/keyed-pseudonyms.ts';
import { unlimitedCalls } from '../fakes/unlimited-calls.ts';
import { apiTokens } from './api-tokens.ts';
import { directoriesOf } from './directory-model.ts';
import { programsOf } from './programs.ts';
import { deadlineMs, expressMs, leaseMs, retentionMs, retryMs, settlingMs } from './settings.ts';
import type { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

export type ProcessPorts = TriggerPorts & WorkerPorts & ConfirmPorts & ReconcilePorts;

export function portsOf(process: VirtualProcess, world: World): ProcessPorts {
  const { slots, queue, facts, chronicle, mutation, random } = world;
  const through = <Port extends object>(name: string, port: Port) => calling(process, name, port);
  const { clock } = process;
  const log: Log = {
    write(event) {
      chronicle.left('the log', event);
      chronicle.tell(process.name, () => `log ${JSON.stringify(event)}`);
    },
  };
  const readTokens = () => process.call('apiTokens.read', async () => ({ text: apiTokens }));
  const bus = through<Announcer>('announcer', { announce: async (event) => chronicle.announced(event) });
  const untold = through('untold', world.untold);
  return {
    clock,
    random: () => random.next(),
    log,
    callsLeft: unlimitedCalls,
    circuits: new SharedCircuitBreaker({ store: through('circuits', world.circuits), clock, log }),
    circuitStates: circuitStates({ store: through('circuitStore', world.circuits), clock }),
    store: storeOf(process, world),
    slots: through('slots', mutation.slots?.(slots) ?? slots),
    facts: through('facts', facts),
    directories: directoriesOf(process, world),
    queue: queueOf(process, world),
    messages: through('messages', queue),
    pollers: through('pollers', {
      start: async (ids: readonly IssuanceId[]) => world.beginExecution(ids, process.clock.now().toISOString()),
    }),
    announcer: keepingAnnouncer(bus, untold, log),
    bus,
    untold,
    // Its events are requests, which are never unusable; calls through it would only change the course of every seed.
    unusable: new InMemoryUnusable(),
    pseudonyms: keyedPseudonyms,
    programs: programsOf(process, world),
    concurrency: 10,
    leaseMs,
    settlingMs: mutation.settlingMs ?? settlingMs,
    expressMs,
    deadlineMs,
    retryMs,
    releasesPerSecond: () => 50,
    retentionMs,
    apiDocument: () => '{}',
    apiTokens: { read: readTokens, refresh: readTokens },
    sources: {},
    sourceSecrets: { read: readTokens, refresh: readTokens },
  };
}

function calling<Port extends object>(process: VirtualProcess, name: string, port: Port): Port {
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) =>
        process.call(`${name}.${String(property)}`, () => Reflect.apply(member, target, given) as Promise<unknown>);
    },
  });
}

/** A replacement repeated by the client finds its own record there, or the one that was made of it since. */
function storeOf(process: VirtualProcess, { store, mutation }: World): IssuanceTable {
  const given = mutation.store?.(store) ?? store;
  const port = calling(process, 'store', given);
  return {
    get: (id) => port.get(id),
    getMany: (ids) => port.getMany(ids),
    create: (issuance) => port.create(issuance),
    list: <In extends Status>(query: ListQuery<In>) => port.list(query),
    oldest: (status, limit) => port.oldest(status, limit),
    replace(next) {
      let isOurs = false;
      const effect = async () => {
        isOurs = await given.replace(next);
        return isOurs;
      };
      const repeated = async () => isOurs && (await store.get(next.id))?.sequence === next.sequence;
      return process.call('store.replace', effect, repeated);
    },
  };
}

/** A send repeated by the client is a second message. */
function queueOf(process: VirtualProcess, { queue, mutation }: World): IssuanceQueue {
  return {
    async send(id, delaySeconds, tries) {
      const effect = () => queue.send(id, delaySeconds, tries);
      const sent = process.call('queue.send', effect, effect);
      if (mutation.answersBeforeSending && process.kind === 'trigger') sent.catch(() => undefined);
      else await sent;
    },
  };
}
