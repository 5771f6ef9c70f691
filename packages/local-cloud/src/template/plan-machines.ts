/** Reads state machines and refuses every definition that the interpreter would run differently from Step Functions. */
import { functionName } from './function-name.ts';
import { asArray, asNumber, asObject, asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** The target of a Task state: a function with its input as event, the Lambda service or the Step Functions service. */
export type TaskPlan = { kind: 'function'; functionName: string } | { kind: 'invoke' } | { kind: 'startExecution' };

/** One state machine; `tasks` by state name, which is unique within a machine. */
export interface MachinePlan {
  type: 'STANDARD' | 'EXPRESS';
  name: string;
  arn: string;
  definition: JsonObject;
  tasks: Record<string, TaskPlan>;
  roleArn: string;
  /** Whether its executions are logged to CloudWatch Logs. */
  logs: boolean;
}

const knownTypes = ['Task', 'Parallel', 'Map', 'Pass', 'Wait', 'Choice', 'Succeed', 'Fail'];
const refusedFields = [
  'QueryLanguage',
  'Arguments',
  'Output',
  'Assign',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'Credentials',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

function taskPlan(reading: Reading, name: string, state: JsonObject): TaskPlan {
  const resource = asText(state['Resource']) ?? '';
  if (/^arn:[^:]+:lambda:/.test(resource)) return { kind: 'function', functionName: functionName(resource) };
  if (/^arn:[^:]+:states:::lambda:invoke$/.test(resource)) {
    const type = asObject(state['Parameters'])['InvocationType'] ?? 'RequestResponse';
    if (type === 'RequestResponse') return { kind: 'invoke' };
  }
  if (/^arn:[^:]+:states:::states:startExecution$/.test(resource)) return { kind: 'startExecution' };
  throw reading.refuse(`state ${name}: resource ${resource} is not understood`);
}

function nestedMachines(state: JsonObject): JsonObject[] {
  const nested = [...asArray(state['Branches']), state['Iterator'], state['ItemProcessor']];
  return nested.filter((one) => one !== undefined).map(asObject);
}

function checkStates(reading: Reading, machine: JsonObject, tasks: Record<string, TaskPlan>): void {
  if (machine['QueryLanguage'] === 'JSONata') throw reading.refuse('JSONata does not run locally');
  for (const [name, raw] of Object.entries(asObject(machine['States']))) {
    const state = asObject(raw);
    const type = asText(state['Type']) ?? '';
    if (!knownTypes.includes(type)) throw reading.refuse(`state ${name}: type ${type} is not understood`);
    for (const field of refusedFields) {
      if (!(field in state) || state[field] === 'JSONPath') continue;
      throw reading.refuse(`state ${name}: field ${field} does not run locally`);
    }
    if (type === 'Task') tasks[name] = taskPlan(reading, name, state);
    // The interpreter gives up after a minute; Step Functions would wait for years.
    const limited = asNumber(state['TimeoutSeconds']) !== undefined || state['TimeoutSecondsPath'] !== undefined;
    if (type === 'Task' && !limited) state['TimeoutSeconds'] = 2_000_000;
    for (const nested of nestedMachines(state)) {
      const mode = asObject(nested['ProcessorConfig'])['Mode'];
      if (mode !== undefined && mode !== 'INLINE') throw reading.refuse(`state ${name}: only INLINE maps run locally`);
      checkStates(reading, nested, tasks);
    }
  }
}

function checkContext(reading: Reading, text: string): void {
  const known = /^\$\$\.(Execution(\.(Id|Name|Input|StartTime))?|StateMachine(\.(Id|Name))?|Map\.Item)$/;
  for (const path of text.match(/\$\$(\.[A-Za-z]+(\.[A-Za-z]+)?)?/g) ?? []) {
    if (known.test(path)) continue;
    throw reading.refuse(`context ${path} is not understood`);
  }
}

/** EXPRESS executions end after five minutes; the longest limit that Step Functions accepts for them. */
const expressSeconds = 300;

/** Reads a machine in JSONPath whose tasks call functions or start executions. */
export function readMachine(reading: Reading): MachinePlan {
  const type = asText(reading.properties['StateMachineType']) ?? 'STANDARD';
  if (type !== 'STANDARD' && type !== 'EXPRESS') throw reading.refuse(`StateMachineType ${type} is not understood`);
  const text = reading.text('DefinitionString');
  checkContext(reading, text);
  // The interpreter sets $$.Execution itself, with the moment of a resumption as StartTime.
  const definition = asObject(JSON.parse(text.replaceAll(/\$\$\.Execution\b/g, '$$$$.Started')));
  const tasks: Record<string, TaskPlan> = {};
  checkStates(reading, definition, tasks);
  if (type === 'EXPRESS') {
    const limit = asNumber(definition['TimeoutSeconds']) ?? expressSeconds;
    definition['TimeoutSeconds'] = Math.min(limit, expressSeconds);
  }
  const logs = asArray(reading.object('LoggingConfiguration')['Destinations']).length > 0;
  const roleArn = reading.text('RoleArn');
  return { type, name: reading.name, arn: reading.identity.ref, definition, tasks, roleArn, logs };
}
