/** Interprets state machines: starts, stops and resumes their executions and keeps the journal. */
import { randomUUID } from 'node:crypto';
import type { StateMachine as Interpreter } from 'aws-local-stepfunctions';
import { asNumber, asObject, asText } from '../template/json.ts';
import type { MachinePlan, TaskPlan } from '../template/plan-machines.ts';
import type { Execution, ExecutionJournal } from './execution-journal.ts';
import { contextOf, definitionFor, endingOf, type Json, resumeState } from './execution-run.ts';
import { ServiceError } from './service-error.ts';

/** What the tasks of a machine may do, under the role of the machine. */
export interface TaskPermissions {
  asMachine(machine: MachinePlan): (functionName: string, event: unknown) => Promise<unknown>;
  demandStart(machine: MachinePlan, startedArn: string): Promise<void>;
}

type StateMachine = typeof Interpreter;

/** The name identifies an execution of a STANDARD machine; any number of EXPRESS executions may have the same name. */
function executionArn({ type, arn }: MachinePlan, name: string): string {
  if (type === 'STANDARD') return `${arn.replace(':stateMachine:', ':execution:')}:${name}`;
  return `${arn.replace(':stateMachine:', ':express:')}:${name}:${randomUUID()}`;
}

/** Runs the machines of a plan. */
export class MachineRunner {
  readonly #machines: Map<string, MachinePlan>;
  readonly #journal: ExecutionJournal;
  readonly #permissions: TaskPermissions;
  readonly #running = new Map<string, () => void>();
  #interpreter: StateMachine | undefined;
  #stopped = false;

  constructor(machines: MachinePlan[], journal: ExecutionJournal, permissions: TaskPermissions) {
    this.#machines = new Map(machines.map((one) => [one.arn, one]));
    this.#journal = journal;
    this.#permissions = permissions;
  }

  /** Loads the interpreter, validates every definition with it, and resumes the executions that were running. */
  async start(): Promise<void> {
    if (this.#machines.size === 0) return;
    const { StateMachine } = await import('aws-local-stepfunctions');
    this.#interpreter = StateMachine;
    for (const plan of this.#machines.values()) this.#machine(plan, undefined, 0);
    for (const execution of this.#journal.running()) this.#run(execution);
  }

  /** Starts an execution; a running execution with the same name and input is returned, any other of the same name is refused. */
  startExecution(machineArn: string, name: string = randomUUID(), input = '{}'): Execution {
    const machine = this.machine(machineArn);
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
    try {
      JSON.parse(input);
    } catch {
      throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is no JSON');
    }
    const arn = executionArn(machine, name);
    const known = this.#journal.find(arn);
    if (known?.status === 'RUNNING' && known.input === input) return known;
    if (known) throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    this.#journal.start({ arn, machineArn: machine.arn, name, input, startedAt: Date.now() });
    const started = this.find(arn);
    this.#run(started);
    return started;
  }

  /** Aborts an execution; its current task continues, as in AWS. */
  stopExecution(arn: string, error: string | undefined, cause: string | undefined): Execution {
    this.find(arn);
    this.#journal.end(arn, { status: 'ABORTED', ...(error ? { error } : {}), ...(cause ? { cause } : {}) });
    this.#running.get(arn)?.();
    return this.find(arn);
  }

  /** One machine by ARN. */
  machine(arn: string): MachinePlan {
    const machine = this.#machines.get(arn);
    if (!machine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  /** One execution by ARN. */
  find(arn: string): Execution {
    const found = this.#journal.find(arn);
    if (!found) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return found;
  }

  /** Halts every execution where it is; the journal keeps them running for the next start. */
  halt(): void {
    this.#stopped = true;
    for (const abort of this.#running.values()) abort();
    this.#running.clear();
  }

  #machine(plan: MachinePlan, execution: Execution | undefined, elapsedMs: number): Interpreter {
    if (!this.#interpreter) throw new ServiceError('ServiceUnavailable', 'state machines are not running yet', 503);
    const definition = definitionFor(plan, execution, elapsedMs);
    // Validated once at the start; an execution changes only where it begins and how long it may take.
    const validationOptions = execution ? { noValidate: true } : { checkArn: false };
    try {
      return new this.#interpreter(definition, { validationOptions });
    } catch (error) {
      throw new Error(`state machine ${plan.name} cannot be interpreted: ${String(error)}`, { cause: error });
    }
  }

  #run(execution: Execution): void {
    const plan = this.#machines.get(execution.machineArn);
    if (!plan || this.#stopped) return;
    const machine = this.#machine(plan, execution, Date.now() - execution.startedAt);
    const handlers = Object.fromEntries(
      Object.entries(plan.tasks).map(([state, task]) => [state, (input: Json) => this.#task(plan, task, input)]),
    );
    const run = machine.run(JSON.parse(execution.input) as Json, {
      overrides: { taskResourceLocalHandlers: handlers },
      context: contextOf(plan, execution),
    });
    this.#running.set(execution.arn, run.abort);
    void this.#follow(execution.arn, plan, run.eventLogs);
    void this.#finish(execution.arn, run.result);
  }

  async #follow(arn: string, plan: MachinePlan, events: AsyncIterable<{ type: string }>): Promise<void> {
    const states = asObject(plan.definition['States']);
    for await (const event of events) {
      const state = asObject(asObject(event)['state']);
      const name = asText(state['name']) ?? '';
      if (event.type !== 'StateEntered' || this.#stopped || name === resumeState || !(name in states)) continue;
      this.#journal.enter(arn, name, JSON.stringify(state['input']));
    }
  }

  async #finish(arn: string, result: Promise<Json>): Promise<void> {
    const ending = await endingOf(result);
    if (this.#stopped) return;
    this.#running.delete(arn);
    this.#journal.end(arn, ending);
  }

  async #task(plan: MachinePlan, task: TaskPlan, input: Json): Promise<Json> {
    const given = asObject(input);
    const invoke = this.#permissions.asMachine(plan);
    if (task.kind === 'function') return (await invoke(task.functionName, input)) as Json;
    if (task.kind === 'invoke') {
      const payload = await invoke(asText(given['FunctionName']) ?? '', given['Payload'] ?? {});
      return { ExecutedVersion: '$LATEST', Payload: payload as Json, StatusCode: 200 };
    }
    const other = asText(given['StateMachineArn']) ?? '';
    await this.#permissions.demandStart(plan, other);
    const started = this.startExecution(other, asText(given['Name']), JSON.stringify(given['Input'] ?? {}));
    return { ExecutionArn: started.arn, StartDate: asNumber(started.startedAt) ?? 0 };
  }
}
