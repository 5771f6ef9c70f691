/** The plan of a local run: the content of the templates of an assembly, by service. */
import type { Assembly, Resource } from './assembly.ts';
import type { Place } from './identity.ts';
import { type AccessPlan, readAccess } from './plan-access.ts';
import { type ApiPlan, readApi } from './plan-api.ts';
import { type FunctionPlan, readFunction } from './plan-functions.ts';
import { type MachinePlan, readMachine } from './plan-machines.ts';
import { type MappingPlan, type QueuePlan, readMapping, readQueue } from './plan-queues.ts';
import { readSchedule, type SchedulePlan } from './plan-schedules.ts';
import { type RotationPlan, readRotation, readSecret, type SecretPlan } from './plan-secrets.ts';
import { readSite, type SitePlan } from './plan-site.ts';
import { readTable, type TablePlan } from './plan-tables.ts';
import { Reading } from './reading.ts';
import { Resolver } from './resolver.ts';
import { typesLeftOut, typesThatRun } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

/** A resource that exists only in AWS, and why. */
interface LeftOut {
  stack: string;
  id: string;
  type: string;
  reason: string;
}

/** Everything that runs, by service, and everything that does not. */
export interface Plan {
  functions: FunctionPlan[];
  queues: QueuePlan[];
  tables: TablePlan[];
  buckets: string[];
  buses: string[];
  secrets: SecretPlan[];
  rotations: RotationPlan[];
  machines: MachinePlan[];
  api: ApiPlan | undefined;
  site: SitePlan | undefined;
  mappings: MappingPlan[];
  schedules: SchedulePlan[];
  access: AccessPlan;
  leftOut: LeftOut[];
  outputs: Record<string, string>;
}

interface Sorted {
  readings: Reading[];
  leftOut: LeftOut[];
}

function exists(resource: Resource, assembly: Assembly, resolver: Resolver): boolean {
  const stack = assembly.stacks.get(resource.stack);
  return !resource.condition || !stack || resolver.holds(resource.condition, stack, resource);
}

function sort(assembly: Assembly, resolver: Resolver): Sorted {
  const sorted: Sorted = { readings: [], leftOut: [] };
  for (const stack of assembly.stacks.values()) {
    for (const resource of stack.resources.values()) {
      const { id, type } = resource;
      const reason = typesLeftOut[type];
      const known = typesThatRun[type];
      if (reason) sorted.leftOut.push({ stack: stack.name, id, type, reason });
      else if (!known) throw new TemplateError(resource, 'the local run does not know this type of resource');
      else if (exists(resource, assembly, resolver)) {
        sorted.readings.push(new Reading(resource, resolver.identity(resource), resolver.properties(resource), known));
      }
    }
  }
  return sorted;
}

/** Reads an assembly for services at the given addresses. */
export function readPlan(assembly: Assembly, place: Place): Plan {
  const resolver = new Resolver(assembly, place);
  const { readings, leftOut } = sort(assembly, resolver);
  const all = <T>(types: string[], read: (reading: Reading) => T): T[] =>
    readings.filter((one) => types.includes(one.resource.type)).map(read);
  const queues = all(['AWS::SQS::Queue'], readQueue);
  const buckets = all(['AWS::S3::Bucket'], (one) => one.name);
  return {
    functions: all(['AWS::Lambda::Function'], (one) => readFunction(one, assembly.stacks.get(one.resource.stack))),
    queues,
    tables: all(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], readTable),
    buckets,
    buses: all(['AWS::Events::EventBus'], (one) => one.name),
    secrets: all(['AWS::SecretsManager::Secret'], readSecret),
    rotations: all(['AWS::SecretsManager::RotationSchedule'], readRotation),
    machines: all(['AWS::StepFunctions::StateMachine'], readMachine),
    api: readApi(readings),
    site: readSite(readings, buckets),
    mappings: all(['AWS::Lambda::EventSourceMapping'], (one) => readMapping(one, queues)),
    schedules: all(['AWS::Events::Rule', 'AWS::Scheduler::Schedule'], readSchedule),
    access: readAccess(readings, place),
    leftOut,
    outputs: resolver.outputs(),
  };
}
