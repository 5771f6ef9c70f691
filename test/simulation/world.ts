/** Everything of one run that is not a process: time, chance, weather, the stores, the provider, the keys. */

import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { InMemoryCircuits } from '../fakes/in-memory-circuits.ts';
import { InMemoryFacts } from '../fakes/in-memory-facts.ts';
import { InMemoryUntold } from '../fakes/in-memory-untold.ts';
import { Chronicle } from './chronicle.ts';
import { ContainerTokens, Keys } from './keys.ts';
import type { Mutation } from './mutations.ts';
import { OfferModel } from './offer-model.ts';
import { OfferRules } from './offer-rules.ts';
import { PassingRules } from './passing-rules.ts';
import { ProviderModel } from './provider-model.ts';
import { Random } from './random.ts';
import { start, visibilityMs } from './settings.ts';
import { Timeline } from './timeline.ts';
import type { VirtualProcess } from './virtual-process.ts';
import { WatchedIssuances, WatchedQueue, WatchedSlots } from './watched-stores.ts';
import { Weather } from './weather.ts';

const containerCount = 3;

export class World {
  readonly timeline = new Timeline(start);
  readonly random: Random;
  /** For look-ups: the other draws of a seed do not depend on them. */
  readonly lookupRandom: Random;
  readonly weather: Weather;
  readonly chronicle: Chronicle;
  readonly rules: PassingRules;
  readonly mutation: Mutation;
  readonly store: WatchedIssuances;
  readonly slots: WatchedSlots;
  readonly queue: WatchedQueue;
  readonly facts = new InMemoryFacts();
  readonly untold = new InMemoryUntold();
  readonly circuits = new InMemoryCircuits();
  readonly keys = new Keys();
  readonly provider: ProviderModel;
  /** Credenco's side, where the run is about it. */
  readonly company: OfferModel | undefined;
  readonly offerRules: OfferRules;
  /** Whose call is taking effect. */
  acting: VirtualProcess | undefined;
  /** Who took each slot's lease last, and for which issuance. */
  readonly leaseHolders = new Map<string, { by: VirtualProcess | undefined; owner: string }>();
  /** Processes that live. */
  running = 0;
  /** How far all our clocks are from the true time, in milliseconds. */
  clockJump = 0;
  /** Called when a message may have become visible sooner. */
  queueChanged: () => void = () => undefined;
  /** Begins an execution of the poller. */
  beginExecution: (ids: readonly IssuanceId[], startedAt: string) => void = () => undefined;
  readonly #containers: ContainerTokens[] = [];
  #named = 0;

  constructor(seed: number, mutation: Mutation, traced: boolean, at: 'air-kit' | 'credenco' = 'air-kit') {
    this.mutation = mutation;
    this.random = new Random(seed);
    this.lookupRandom = new Random(seed + 0.5 * 2 ** 32);
    this.weather = new Weather(this.random, start, mutation.onlyVeryLate);
    this.chronicle = new Chronicle(this.timeline, traced);
    this.rules = new PassingRules(this);
    this.provider = new ProviderModel(this.random, this.weather);
    this.company = at === 'credenco' ? new OfferModel(this) : undefined;
    this.offerRules = new OfferRules(this);
    this.store = new WatchedIssuances(
      (record) => this.chronicle.created(record),
      (record) => this.rules.written(record, this.acting),
    );
    this.slots = new WatchedSlots((key, { owner }) => this.leaseHolders.set(key, { by: this.acting, owner }));
    const serviceClock = { now: () => new Date(this.timeline.now) };
    const order = <Item>(items: Item[]) => this.random.shuffle(items);
    this.queue = new WatchedQueue(
      serviceClock,
      { visibilityMs, order },
      () => this.queueChanged(),
      (id) => this.chronicle.sent(id),
    );
  }

  nameOf(kind: string): string {
    this.#named += 1;
    return `${kind}-${this.#named}`;
  }

  /** The tokens of the container that an invocation happens to get; sometimes a new one. */
  containerTokens(): ContainerTokens {
    const place = this.random.between(0, containerCount - 1);
    const existing = this.random.chance(0.9) ? this.#containers[place] : undefined;
    const tokens = existing ?? new ContainerTokens(this.keys, () => this.timeline.now);
    this.#containers[place] = tokens;
    return tokens;
  }
}
