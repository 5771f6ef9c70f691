/** What a local cloud is told and what it offers. */
import type { BusEvent } from './aws/events-api.ts';
import type { Endpoints } from './functions/function-environment.ts';
import type { QueueCounts, QueuedMessage } from './queue-inspection.ts';
import type { Ports } from './services.ts';
import type { Plan } from './template/plan.ts';

/** What to run and where to keep its state. */
export interface CloudOptions {
  /** The folder with manifest.json (`cdk.out`). */
  assemblyDir: string;
  stateDir: string;
  ports?: Ports;
  /** How many threads run a function, by function name; one each otherwise. */
  threads?: Record<string, number>;
  /** Variables that every function sees instead of the template's, such as the address of a stand-in. */
  variables?: Record<string, string>;
  /** Hears every event put on a bus. */
  onEvent?: (event: BusEvent) => void;
  /** Hears of failures outside of requests, in one line each: failed batches, rotations, schedules. */
  onLog?: (line: string) => void;
  /** Hears that an embedded service has ended by itself; without it the process ends with the error. */
  onCrash?: (error: Error) => void;
}

/** Secrets as the functions see them. */
export interface CloudSecrets {
  names: string[];
  /** The current value, undefined if the secret has none yet; found by name or ARN. */
  get(id: string): string | undefined;
  /** Stores a value as the current one. */
  put(id: string, value: string): void;
}

/** Looks into the queues. */
export interface CloudQueues {
  counts(): Promise<Record<string, QueueCounts>>;
  messages(name: string): Promise<QueuedMessage[]>;
  /** The names of the queues that take what other queues give up. */
  deadLetterNames: string[];
}

/** A running local cloud. */
export interface Cloud {
  plan: Plan;
  /** The outputs of all stacks. */
  outputs: Record<string, string>;
  apiUrl: string;
  siteUrl: string;
  endpoints: Endpoints;
  secrets: CloudSecrets;
  queues: CloudQueues;
  /** Invokes a function by name, ARN or the beginning of its logical id. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Rotates a secret by name or ARN to the end. */
  rotateSecret(secretId: string): Promise<void>;
  /** Runs a schedule now, by name or the beginning of its logical id. */
  runSchedule(name: string): Promise<unknown>;
  /** Ends everything; the state stays for the next start. */
  stop(): Promise<void>;
}
