// Runs a synthesized cloud assembly on one machine.
import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Cleanup } from './cleanup.ts';
import type { Cloud, CloudOptions, CloudSecrets } from './cloud-interface.ts';
import { countMessages, listMessages } from './queue-inspection.ts';
import { createResources } from './resources.ts';
import { makeParts, type Parts } from './running.ts';
import { type Behind, type RunningServices, startServices } from './services.ts';
import { openStateFolder } from './state-folder.ts';
import { type Assembly, loadAssembly } from './template/assembly.ts';
import type { Place } from './template/identity.ts';
import { type Plan, readPlan } from './template/plan.ts';
import { startTriggers, type Triggers } from './triggers/triggers.ts';

export type { BusEvent } from './aws/events-api.ts';
export type { Cloud, CloudOptions } from './cloud-interface.ts';

const ACCOUNT = '000000000000';
const DEFAULT_REGION = 'us-east-1';
const LONGEST_STOP_MS = 5_000;

interface Starting {
  options: CloudOptions;
  cleanup: Cleanup;
  plan: Plan;
  region: string;
  services: RunningServices;
  parts: Parts;
  onError: (error: unknown) => void;
}

function placeFor(region: string, services?: RunningServices): Place {
  const nowhere = 'http://127.0.0.1:1';
  return {
    region,
    account: ACCOUNT,
    queueOrigin: services?.endpoints.messages ?? nowhere,
    apiOrigin: services?.apiOrigin ?? nowhere,
    siteOrigin: services?.siteOrigin ?? nowhere,
  };
}

function regionOf(assembly: Assembly): string {
  const regions = new Set([...assembly.stacks.values()].map((stack) => stack.region ?? DEFAULT_REGION));
  const [region = DEFAULT_REGION, other] = regions;
  if (other) throw new Error(`the stacks are in several regions (${[...regions].join(', ')}), only one runs locally`);
  return region;
}

function logFile(path: string, cleanup: Cleanup, onError: (error: unknown) => void): WriteStream {
  // Opened here, so that a start fails where it cannot write; afterwards a full disk costs log lines and no more.
  const file = createWriteStream(path, { fd: openSync(path, 'a', 0o600) });
  file.on('error', onError);
  file.setMaxListeners(0);
  cleanup.add(() => new Promise((done) => file.end(done)));
  return file;
}

function errorListener(options: CloudOptions): (error: unknown) => void {
  return (error) => options.onLog?.(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

function endProcess(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}

function secretsOf({ secrets }: Parts, plan: Plan): CloudSecrets {
  return {
    names: plan.secrets.map((secret) => secret.name),
    get: (id) => secrets.find(id).versions.find((version) => version.stages.includes('AWSCURRENT'))?.value,
    put: (id, value) => {
      secrets.put(secrets.find(id), { value });
    },
  };
}

function functionByName(plan: Plan, name: string): string {
  const found = plan.functions.filter((one) => one.logicalId.startsWith(name));
  return found.length === 1 && found[0] ? found[0].name : name;
}

function deadLetterNames({ queues }: Plan): string[] {
  const arns = new Set(queues.map((queue) => queue.deadLetterArn));
  return queues.filter((queue) => arns.has(queue.arn)).map((queue) => queue.name);
}

async function rotateDue({ parts, options }: Starting): Promise<void> {
  for (const { secret, error } of await parts.rotation.rotateDue()) {
    const reason = error instanceof Error ? error.message : String(error);
    options.onLog?.(`the first rotation of secret ${secret} has failed, the next start tries again: ${reason}`);
  }
}

async function trigger(starting: Starting): Promise<Triggers> {
  const { plan, region, services, parts, cleanup, onError } = starting;
  const invoke = (name: string, event: unknown): Promise<unknown> => parts.host.invoke(name, event);
  await parts.machines.start();
  const { client, endpoints } = services;
  const triggers = startTriggers({ plan, client, messagesOrigin: endpoints.messages, region, invoke, onError });
  cleanup.add(() => parts.host.idle(LONGEST_STOP_MS));
  cleanup.add(() => triggers.stop(LONGEST_STOP_MS));
  return triggers;
}

function offer({ plan, services, parts, cleanup }: Starting, triggers: Triggers): Cloud {
  const { client, endpoints } = services;
  return {
    plan,
    outputs: plan.outputs,
    apiUrl: services.apiOrigin,
    siteUrl: services.siteOrigin,
    endpoints,
    secrets: secretsOf(parts, plan),
    queues: {
      counts: () => countMessages(client, endpoints.messages),
      messages: (name) => listMessages(client, endpoints.messages, name),
      deadLetterNames: deadLetterNames(plan),
    },
    invoke: (name, event) => parts.host.invoke(functionByName(plan, name), event),
    rotateSecret: (id) => parts.rotation.rotate(id),
    runSchedule: (name) => triggers.scheduler.run(name),
    stop: () => cleanup.run(),
  };
}

async function start(options: CloudOptions, cleanup: Cleanup): Promise<Cloud> {
  const assembly = loadAssembly(options.assemblyDir);
  const region = regionOf(assembly);
  // What is not understood stops the run before anything is opened.
  readPlan(assembly, placeFor(region));
  const folder = openStateFolder(resolve(options.stateDir));
  cleanup.add(folder.unlock);
  const behind: Behind = {};
  const onError = errorListener(options);
  const functionLog = logFile(folder.functionLog, cleanup, onError);
  const accessLog = logFile(folder.accessLog, cleanup, onError);
  const alarm = { onError, onCrash: (error: Error) => (options.onCrash ?? endProcess)(error) };
  const services = await startServices(folder, options.ports ?? {}, region, behind, alarm, cleanup);
  const plan = readPlan(assembly, placeFor(region, services));
  const onEvent: NonNullable<CloudOptions['onEvent']> = (event) => options.onEvent?.(event);
  const { threads = {}, variables = {} } = options;
  const parts = makeParts(
    { plan, region, folder, services, functionLog, threads, variables, onEvent, onError },
    cleanup,
  );
  const invoke = (name: string, event: unknown): Promise<unknown> => parts.host.invoke(name, event);
  behind.services = { operations: parts.operations, invoke, distributionId: plan.site?.distributionId };
  await Promise.all([createResources(plan, services, parts.secrets), parts.host.start()]);
  if (plan.site) behind.site = { site: plan.site, client: services.client, origin: services.endpoints.messages };
  const starting: Starting = { options, cleanup, plan, region, services, parts, onError };
  await rotateDue(starting);
  const triggers = await trigger(starting);
  if (plan.api) behind.gateway = { api: plan.api, invoke, log: (line) => accessLog.write(`${line}\n`) };
  cleanup.add(() => delete behind.gateway);
  return offer(starting, triggers);
}

/**
 * Starts everything the assembly describes: services, resources, rotations that are due, triggers. Fails with a
 * TemplateError for what it does not understand, and undoes what it has started when it fails.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const cleanup = new Cleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run().catch(() => undefined);
    throw error;
  }
}
