/** The parts of a local cloud on top of running services: functions, secrets, state machines, rotation. */
import type { WriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { type BusEvent, eventsApi } from './aws/events-api.ts';
import { ExecutionJournal } from './aws/execution-journal.ts';
import { MachineRunner } from './aws/machine-runner.ts';
import { SecretStore } from './aws/secret-store.ts';
import { type Operation, secretsApi } from './aws/secrets-api.ts';
import { stepsApi } from './aws/steps-api.ts';
import { functionEnvironment } from './functions/function-environment.ts';
import { FunctionHost } from './functions/function-host.ts';
import { type Invocation, observed } from './functions/observed.ts';
import type { Access } from './iam/access.ts';
import { Invocations, type Invoke } from './iam/invocations.ts';
import type { RunningServices } from './services.ts';
import type { StateFolder } from './state-folder.ts';
import type { Plan } from './template/plan.ts';
import { Rotation } from './triggers/rotation.ts';

/** The inputs of the parts. */
export interface PartsOptions {
  plan: Plan;
  region: string;
  folder: StateFolder;
  services: RunningServices;
  access: Access;
  /** The functions that may not write their log. */
  silent: ReadonlySet<string>;
  functionLog: WriteStream;
  threads: Record<string, number>;
  variables: Record<string, string>;
  onEvent: (event: BusEvent) => void;
  onInvocation: ((invocation: Invocation) => void) | undefined;
  onError: (error: unknown) => void;
}

/** The parts, not started yet. */
export interface Parts {
  host: FunctionHost;
  secrets: SecretStore;
  machines: MachineRunner;
  rotation: Rotation;
  invocations: Invocations;
  /** Invokes a function; the application sees it. */
  invoke: Invoke;
  /** Operations by the prefix of `X-Amz-Target`. */
  operations: Record<string, Record<string, Operation>>;
}

/** Creates the parts, and adds their stop to the cleanup. */
export function makeParts(options: PartsOptions, cleanup: AsyncDisposableStack): Parts {
  const { plan, region, folder, services, threads } = options;
  const journal = new ExecutionJournal(folder.executions);
  cleanup.defer(() => journal.close());
  const host = new FunctionHost(plan.functions, {
    environment: (one) => ({ ...functionEnvironment(one, services.endpoints, region), ...options.variables }),
    log: ({ name }) => (options.silent.has(name) ? nowhere() : options.functionLog),
    threads,
  });
  cleanup.defer(() => host.stop());
  const invoke: Invoke = (name, event) => host.invoke(name, event);
  const seen = observed(invoke, options.onInvocation);
  const invocations = new Invocations(plan, options.access, { invoke, seen });
  const machines = new MachineRunner(plan.machines, journal, invocations);
  cleanup.defer(() => machines.halt());
  const secrets = new SecretStore(folder.secrets);
  const invokeFor = (secretArn: string) => invocations.asRotation(secretArn);
  const rotation = new Rotation({ store: secrets, rotations: plan.rotations, invokeFor });
  const rotate = async (secret: Parameters<Rotation['begin']>[0]): Promise<string> => {
    const { versionId, done } = rotation.begin(secret);
    done.catch(options.onError);
    return versionId;
  };
  const operations = {
    secretsmanager: secretsApi(secrets, rotate, (secret) => rotation.planFor(secret)?.functionName),
    AWSStepFunctions: stepsApi(machines, journal),
    AWSEvents: eventsApi(plan.buses, options.onEvent),
  };
  return { host, invoke: seen, secrets, machines, rotation, invocations, operations };
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
