/** Step Functions' operations on the machines of the local run. */
import { asNumber, asText, type JsonObject } from '../template/json.ts';
import type { Execution, ExecutionJournal } from './execution-journal.ts';
import type { MachineRunner } from './machine-runner.ts';
import type { Operation } from './secrets-api.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

function summary(execution: Execution): JsonObject {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAt),
    ...(execution.stoppedAt === null ? {} : { stopDate: seconds(execution.stoppedAt) }),
  };
}

function details(execution: Execution): JsonObject {
  const { input, output, error, cause } = execution;
  const optional = Object.entries({ output, error, cause }).filter(([, value]) => value !== null);
  return { ...summary(execution), input, ...Object.fromEntries(optional) };
}

function page(journal: ExecutionJournal, machineArn: string, input: JsonObject): JsonObject {
  const limit = Math.min(asNumber(input['maxResults']) || 100, 1000);
  const offset = asNumber(input['nextToken']) ?? 0;
  const found = journal.list(machineArn, asText(input['statusFilter']), limit + 1, offset);
  const executions = found.slice(0, limit).map(summary);
  return found.length > limit ? { executions, nextToken: String(offset + limit) } : { executions };
}

/** The operations by name. */
export function stepsApi(runner: MachineRunner, journal: ExecutionJournal): Record<string, Operation> {
  return {
    StartExecution: (input) => {
      const machine = asText(input['stateMachineArn']) ?? '';
      const started = runner.startExecution(machine, asText(input['name']), asText(input['input']));
      return { executionArn: started.arn, startDate: seconds(started.startedAt) };
    },
    DescribeExecution: (input) => details(runner.find(asText(input['executionArn']) ?? '')),
    ListExecutions: (input) => page(journal, runner.machine(asText(input['stateMachineArn']) ?? '').arn, input),
    StopExecution: (input) => {
      const arn = asText(input['executionArn']) ?? '';
      const stopped = runner.stopExecution(arn, asText(input['error']), asText(input['cause']));
      return { stopDate: seconds(stopped.stoppedAt ?? Date.now()) };
    },
    DescribeStateMachine: (input) => {
      const machine = runner.machine(asText(input['stateMachineArn']) ?? '');
      return { stateMachineArn: machine.arn, name: machine.name, status: 'ACTIVE', type: machine.type };
    },
  };
}
