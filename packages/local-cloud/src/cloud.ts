/** Runs a synthesized cloud assembly on one machine: starts its parts in order, and stops them in reverse order. */
import { resolve } from 'node:path';
import type { Cloud, CloudOptions } from './cloud-interface.ts';
import { placeFor, regionOf } from './cloud-place.ts';
import { observed } from './functions/observed.ts';
import { openLogFiles } from './log-files.ts';
import { createResources } from './resources.ts';
import { makeParts, type Parts } from './running.ts';
import { runningCloud } from './running-cloud.ts';
import { type Alarm, type Behind, startServices } from './services.ts';
import { openStateFolder } from './state-folder.ts';
import { loadAssembly } from './template/assembly.ts';
import { readPlan } from './template/plan.ts';
import { startTriggers } from './triggers/triggers.ts';

export type { BusEvent } from './aws/events-api.ts';
export type { Cloud, CloudOptions } from './cloud-interface.ts';
export type { Invocation } from './functions/observed.ts';

const longestStopMs = 5_000;

/**
 * Starts everything that the assembly describes: services, resources, rotations that are due, triggers. Fails with a
 * TemplateError for anything that is not supported, and stops what it has started if it fails.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const cleanup = new AsyncDisposableStack();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.disposeAsync().catch(() => undefined);
    throw error;
  }
}

async function start(options: CloudOptions, cleanup: AsyncDisposableStack): Promise<Cloud> {
  const assembly = loadAssembly(options.assemblyDir);
  const region = regionOf(assembly);
  // Anything that is not supported stops the run before anything is opened.
  readPlan(assembly, placeFor(region));
  const folder = openStateFolder(resolve(options.stateDir));
  cleanup.defer(folder.unlock);
  const alarm = alarmOf(options);
  const { onError } = alarm;
  const logs = openLogFiles(folder, onError, cleanup);
  const behind: Behind = {};
  const services = await startServices(folder, options.ports ?? {}, region, behind, alarm, cleanup);
  const { client, endpoints } = services;
  const plan = readPlan(assembly, placeFor(region, services));
  const { threads = {}, variables = {}, onEvent = () => undefined } = options;
  const own = { plan, region, folder, services, functionLog: logs.functions, threads, variables, onEvent, onError };
  const parts = makeParts(own, cleanup);
  const invoke = observed((name, event) => parts.host.invoke(name, event), options.onInvocation);
  behind.services = { operations: parts.operations, invoke, distributionId: plan.site?.distributionId };
  await Promise.all([createResources(plan, services, parts.secrets), parts.host.start()]);
  if (plan.site) behind.site = { site: plan.site, client, origin: endpoints.messages };
  await rotateDue(parts, options);
  await parts.machines.start();
  const triggers = startTriggers({ plan, client, messagesOrigin: endpoints.messages, region, invoke, onError });
  cleanup.defer(() => parts.host.idle(longestStopMs));
  cleanup.defer(() => triggers.stop(longestStopMs));
  if (plan.api) behind.gateway = { api: plan.api, invoke, log: (line) => logs.access.write(`${line}\n`) };
  cleanup.defer(() => void delete behind.gateway);
  return runningCloud({ plan, services, parts, triggers, stop: () => cleanup.disposeAsync() });
}

function alarmOf({ onLog, onCrash = endProcess }: CloudOptions): Alarm {
  return {
    onError: (error) => onLog?.(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    onCrash,
  };
}

function endProcess(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}

async function rotateDue({ rotation }: Parts, { onLog }: CloudOptions): Promise<void> {
  for (const { secret, error } of await rotation.rotateDue()) {
    const reason = error instanceof Error ? error.message : String(error);
    onLog?.(`the first rotation of secret ${secret} has failed, the next start tries again: ${reason}`);
  }
}
