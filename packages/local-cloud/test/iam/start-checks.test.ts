/** What AWS would not create stops the start; a function that may not write its log runs without one. */
import { expect, it } from 'vitest';
import { Access } from '../../src/iam/access.ts';
import { checkStart } from '../../src/iam/start-checks.ts';
import type { JsonObject } from '../../src/template/json.ts';
import type { Plan } from '../../src/template/plan.ts';
import type { RolePlan } from '../../src/template/plan-permissions.ts';
import type { PolicyDocument } from '../../src/template/policy-document.ts';

const account = '000000000000';
const group = 'arn:aws:logs:eu-west-1:000000000000:log-group:g:*';
const key = 'arn:aws:kms:eu-west-1:000000000000:key/k';
const of = (...Statement: JsonObject[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource: string): JsonObject => ({ Effect: 'Allow', Action, Resource });
const trust = (Service: string) => of({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

function roleOf(name: string, trusts: PolicyDocument, ...statements: JsonObject[]): RolePlan {
  const policies = [{ name: 'p', policy: of(...statements) }];
  const arn = `arn:aws:iam::${account}:role/${name}`;
  return { name, arn, logicalId: name, trust: trusts, policies, boundary: undefined };
}

const writesLog = allow('logs:*', group);
const deliversLog = allow('logs:*', '*');
const ofLogs = (context: string): JsonObject => ({
  Effect: 'Allow',
  Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
  Action: 'kms:*',
  Resource: '*',
  Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': context } },
});
const good = {
  function: roleOf('f', trust('lambda.amazonaws.com'), writesLog),
  machine: roleOf('m', trust('states.amazonaws.com'), deliversLog),
  key: ofLogs('arn:aws:logs:eu-west-1:000000000000:log-group:g*'),
};

/** A function with a log group, a state machine with a log, and an encrypted log group. */
function check(changes: Partial<typeof good>, log: string[] = []): Promise<ReadonlySet<string>> {
  const { function: one, machine, key: policy } = { ...good, ...changes };
  const access = {
    account,
    region: 'eu-west-1',
    roles: [one, machine],
    resourcePolicies: { [key]: of(policy) },
    keyOf: { [group]: key },
    aliases: {},
  };
  const arn = (rest: string) => `arn:aws:${rest}`;
  const functions = [{ name: 'f', arn: arn('lambda:eu-west-1:0:function:f'), roleArn: one.arn, logGroup: 'g' }];
  const machines = [{ name: 'm', arn: arn('states:eu-west-1:0:stateMachine:m'), roleArn: machine.arn, logs: true }];
  const plan = { access, functions, machines, schedules: [] } as unknown as Plan;
  const options = { identities: {}, onDenied: (line: string) => log.push(line), onCall: () => undefined };
  return checkStart(new Access(access, plan.functions, options), plan);
}

it('everything that is needed is enough', async () => {
  const log: string[] = [];
  expect([...(await check({}, log)), ...log]).toEqual([]);
});

it('a function that may not write its log runs without one', async () => {
  const log: string[] = [];
  const other = allow('logs:*', group.replace(':g:', ':other:'));
  const silent = await check({ function: roleOf('f', trust('lambda.amazonaws.com'), other) }, log);
  expect([[...silent], log]).toEqual([['f'], [expect.stringContaining('may not logs:CreateLogStream')]]);
});

it.each([
  [
    'a role that Lambda may not assume',
    { function: roleOf('f', trust('ec2.amazonaws.com'), writesLog) },
    'sts:AssumeRole',
  ],
  ['a role that Step Functions may not assume', { machine: roleOf('m', of(), deliversLog) }, 'sts:AssumeRole'],
  [
    'a state machine that may not deliver its log',
    { machine: roleOf('m', trust('states.amazonaws.com'), allow('logs:CreateLogDelivery', '*')) },
    'logs:DeleteLogDelivery',
  ],
  ['a key that the log group may not use', { key: ofLogs('arn:aws:logs:*:*:log-group:h*') }, 'kms:Encrypt'],
])('%s stops the start', async (_, changes, action) => {
  await expect(check(changes)).rejects.toThrow(`is not authorized to perform: ${action}`);
});
