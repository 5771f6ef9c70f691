/** Everything that invokes functions automatically: queues, schedules, resumed executions. */
import type { LoopbackClient } from '../aws/loopback-client.ts';
import type { Plan } from '../template/plan.ts';
import type { SchedulePlan } from '../template/plan-schedules.ts';
import { EventSource } from './event-source.ts';
import { Scheduler } from './scheduler.ts';

/** The inputs of the triggers. */
export interface TriggerParts {
  plan: Plan;
  client: LoopbackClient;
  messagesOrigin: string;
  region: string;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  invokeFor: (schedule: SchedulePlan) => (functionName: string, event: unknown) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/** The running triggers. */
export interface Triggers {
  scheduler: Scheduler;
  /** Starts nothing new and waits for batches in progress, up to a time limit. */
  stop(longestMs: number): Promise<void>;
}

/** Starts queue consumers and schedules. */
export function startTriggers(parts: TriggerParts): Triggers {
  const { plan, client, messagesOrigin: origin, region, invoke, invokeFor, onError } = parts;
  const scheduler = new Scheduler(plan.schedules, { region, invokeFor, onError });
  const sources = plan.mappings.map((mapping) => new EventSource(mapping, { client, origin, region, invoke, onError }));
  for (const source of sources) source.start();
  scheduler.start();
  return {
    scheduler,
    async stop(longestMs) {
      scheduler.stop();
      await Promise.all(sources.map((source) => source.stop(longestMs)));
    },
  };
}
