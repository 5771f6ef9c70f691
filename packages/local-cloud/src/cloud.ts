/** Runs a synthesized cloud assembly on one machine: starts its parts in order, and stops them in reverse order. */
import { resolve } from 'node:path';
import { beginTriggers, gatewayBehind, servicesBehind, siteBehind } from './behind.ts';
import type { Cloud, CloudOptions } from './cloud-interface.ts';
import { placeFor, regionOf } from './cloud-place.ts';
import { Access } from './iam/access.ts';
import { CallRecord } from './iam/call-record.ts';
import { checkStart } from './iam/start-checks.ts';
import { openLogFiles } from './log-files.ts';
import { createResources } from './resources.ts';
import { makeParts, type Parts } from './running.ts';
import { runningCloud } from './running-cloud.ts';
import { type Alarm, type Behind, startServices } from './services.ts';
import { openStateFolder } from './state-folder.ts';
import { loadAssembly } from './template/assembly.ts';
import { type Plan, readPlan } from './template/plan.ts';

export type { BusEvent } from './aws/events-api.ts';
export type { Cloud, CloudOptions } from './cloud-interface.ts';
export type { Invocation } from './functions/observed.ts';

const longestStopMs = 5_000;
const denials = new Set(['AccessDeniedException', 'KmsAccessDenied']);

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
  // Anything that is not supported or not allowed stops the run before anything is opened.
  const intended = readPlan(assembly, placeFor(region));
  const record = new CallRecord();
  const access = accessOf(intended, record, options);
  const silent = await checkStart(access, intended);
  const folder = openStateFolder(resolve(options.stateDir));
  cleanup.defer(folder.unlock);
  const alarm = alarmOf(options);
  const { onError } = alarm;
  const logs = openLogFiles(folder, onError, cleanup);
  const behind: Behind = {};
  const jurisdiction = { place: intended.access, access };
  const services = await startServices(folder, options.ports ?? {}, jurisdiction, behind, alarm, cleanup);
  const plan = readPlan(assembly, placeFor(region, services));
  const { threads = {}, variables = {}, onEvent = () => undefined, onInvocation } = options;
  const own = { plan, region, folder, services, access, silent, functionLog: logs.functions };
  const parts = makeParts({ ...own, threads, variables, onEvent, onInvocation, onError }, cleanup);
  behind.services = servicesBehind(plan, parts, access);
  await Promise.all([createResources(plan, services, parts.secrets), parts.host.start()]);
  if (plan.site) behind.site = siteBehind(plan.site, services, parts);
  await rotateDue(parts, options);
  await parts.machines.start();
  const triggers = beginTriggers({ plan, services, parts, region, onError });
  cleanup.defer(() => parts.host.idle(longestStopMs));
  cleanup.defer(() => triggers.stop(longestStopMs));
  if (plan.api) behind.gateway = gatewayBehind(plan.api, parts, (line) => logs.access.write(`${line}\n`));
  cleanup.defer(() => void delete behind.gateway);
  return runningCloud({ plan, services, parts, triggers, record, stop: () => cleanup.disposeAsync() });
}

function accessOf(plan: Plan, record: CallRecord, { identities, onLog }: CloudOptions): Access {
  const onDenied = (line: string): void => onLog?.(line);
  return new Access(plan.access, plan.functions, {
    identities: identities?.(plan.outputs) ?? {},
    onDenied,
    onCall: (call) => record.add(call),
  });
}

function alarmOf({ onLog, onCrash = endProcess }: CloudOptions): Alarm {
  return {
    onError: (error) => {
      // The refusal itself has been printed, once.
      if (error instanceof Error && denials.has(error.name)) return;
      onLog?.(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    },
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
