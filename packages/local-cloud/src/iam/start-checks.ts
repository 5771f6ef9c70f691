/** The checks that AWS makes while it creates functions, state machines and log groups: without these permissions nothing runs. */
import type { Plan } from '../template/plan.ts';
import type { FunctionPlan } from '../template/plan-functions.ts';
import type { MachinePlan } from '../template/plan-machines.ts';
import type { Access } from './access.ts';
import type { Caller } from './callers.ts';
import { arnIn, type Call } from './calls.ts';

// Source: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
const logDelivery = [
  'CreateLogDelivery',
  'DeleteLogDelivery',
  'DescribeLogGroups',
  'DescribeResourcePolicies',
  'GetLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'UpdateLogDelivery',
].map((name): Call => ({ action: `logs:${name}`, resource: '*' }));

// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
const logEncryption = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey'];

/** Lambda creates the log group itself if the template names none. */
function logCalls({ name, logGroup }: FunctionPlan, place: Plan['access']): Call[] {
  const group = arnIn(place, 'logs', `log-group:${logGroup ?? `/aws/lambda/${name}`}`);
  const stream = `${group}:log-stream:local`;
  return [
    ...(logGroup === undefined ? [{ action: 'logs:CreateLogGroup', resource: group }] : []),
    { action: 'logs:CreateLogStream', resource: stream },
    { action: 'logs:PutLogEvents', resource: stream },
  ];
}

/** The permission of a service to act under a role, for the resource that has the role. */
async function assume(access: Access, service: string, roleArn: string, arn: string, account: string): Promise<void> {
  const context = { 'aws:SourceArn': arn, 'aws:SourceAccount': account };
  await demand(access, { kind: 'service', name: service }, [{ action: 'sts:AssumeRole', resource: roleArn, context }]);
}

async function demand(access: Access, caller: Caller, calls: Call[]): Promise<void> {
  const refusal = await access.refusal(caller, calls);
  if (refusal) throw new Error(refusal.message);
}

async function checkMachine(access: Access, { name, arn, roleArn, logs }: MachinePlan, account: string): Promise<void> {
  await assume(access, 'states.amazonaws.com', roleArn, arn, account);
  if (logs) await demand(access, { kind: 'role', roleArn, session: name }, logDelivery);
}

async function checkLogKeys(access: Access, { access: plan }: Plan): Promise<void> {
  const groups = Object.entries(plan.keyOf).filter(([arn]) => arn.startsWith('arn:aws:logs:'));
  for (const [arn, resource] of groups) {
    const context = { 'kms:EncryptionContext:aws:logs:arn': arn.replace(/:\*$/, '') };
    const calls = logEncryption.map((name): Call => ({ action: `kms:${name}`, resource, context }));
    await demand(access, { kind: 'service', name: `logs.${plan.region}.amazonaws.com` }, calls);
  }
}

/**
 * Fails with AWS's message for what AWS would not create. Returns the names of the functions that may not write their log: they
 * run, and their output is lost.
 */
export async function checkStart(access: Access, plan: Plan): Promise<ReadonlySet<string>> {
  const { account } = plan.access;
  await checkLogKeys(access, plan);
  const silent = new Set<string>();
  for (const one of plan.functions) {
    await assume(access, 'lambda.amazonaws.com', one.roleArn, one.arn, account);
    const caller: Caller = { kind: 'role', roleArn: one.roleArn, session: one.name };
    if (await access.refusal(caller, logCalls(one, plan.access))) silent.add(one.name);
  }
  for (const machine of plan.machines) await checkMachine(access, machine, account);
  for (const { arn, roleArn } of plan.schedules) {
    if (roleArn !== undefined) await assume(access, 'scheduler.amazonaws.com', roleArn, arn, account);
  }
  return silent;
}
