/** The options and the interface of a local cloud. */
import type { BusEvent } from './aws/events-api.ts';
import type { Endpoints } from './functions/function-environment.ts';
import type { Invocation } from './functions/observed.ts';
import type { MadeCall } from './iam/calls.ts';
import type { Identities } from './iam/decide.ts';
import type { QueueCounts, QueuedMessage } from './queue-inspection.ts';
import type { Ports } from './services.ts';
import type { Plan } from './template/plan.ts';

/** The application to run, and the place of its state. */
export interface CloudOptions {
  /** The folder with manifest.json (`cdk.out`). */
  assemblyDir: string;
  stateDir: string;
  ports?: Ports;
  /** Number of threads per function, by function name. Default: 1. */
  threads?: Record<string, number>;
  /** Variables for every function in place of the template's, such as the address of a local replacement. */
  variables?: Record<string, string>;
  /** Policies of people and tests, by access key id. Any other key, except those of functions, administers the account. */
  identities?: (outputs: Record<string, string>) => Identities;
  /** Called for every event on a bus. */
  onEvent?: (event: BusEvent) => void;
  /** Called after every invocation by an API, a queue or a schedule. */
  onInvocation?: (invocation: Invocation) => void;
  /** Called with one line for each call that is not allowed, and each failure outside of requests: batches, rotations, schedules. */
  onLog?: (line: string) => void;
  /** Called if an embedded service ends unexpectedly. Without it, the process ends with the error. */
  onCrash?: (error: Error) => void;
}

/** The secrets of the functions. */
export interface CloudSecrets {
  names: string[];
  /** The current value of a secret, by name or ARN; undefined if it has none yet. */
  get(id: string): string | undefined;
  /** Stores a value as the current value. */
  put(id: string, value: string): void;
}

/** Reads the queues. */
export interface CloudQueues {
  counts(): Promise<Record<string, QueueCounts>>;
  messages(name: string): Promise<QueuedMessage[]>;
  /** The names of the dead-letter queues. */
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
  /** Every call that was allowed, once for each caller, action and resource. */
  calls(): readonly MadeCall[];
  /** Invokes a function by name, ARN or the beginning of its logical id. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Performs a complete rotation of a secret, by name or ARN. */
  rotateSecret(secretId: string): Promise<void>;
  /** Runs a schedule now, by name or the beginning of its logical id. */
  runSchedule(name: string): Promise<unknown>;
  /** Stops everything; the state is kept for the next start. */
  stop(): Promise<void>;
}
