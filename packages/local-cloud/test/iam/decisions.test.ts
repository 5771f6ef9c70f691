/** What is allowed: policies of roles, their boundary and trust, policies of resources, and keys. */
import { describe, expect, it } from 'vitest';
import { Access } from '../../src/iam/access.ts';
import type { Caller } from '../../src/iam/callers.ts';
import type { Call, MadeCall } from '../../src/iam/calls.ts';
import { neededBy, rightsOf } from '../../src/iam/rights.ts';
import type { JsonObject } from '../../src/template/json.ts';
import type { AccessPlan } from '../../src/template/plan-access.ts';
import type { PolicyDocument } from '../../src/template/policy-document.ts';

const account = '000000000000';
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const table = arn('dynamodb', 'table/T');
const queue = arn('sqs', 'q');
const key = arn('kms', 'key/k');
const roleArn = `arn:aws:iam::${account}:role/r`;
const caller: Caller = { kind: 'role', roleArn, session: 'f' };
const of = (...Statement: JsonObject[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource: string, Condition?: object): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});
const get: Call = { action: 'dynamodb:GetItem', resource: table };
const send: Call = { action: 'sqs:SendMessage', resource: queue };

function planOf(statements: JsonObject[], more: Partial<AccessPlan> = {}, boundary?: PolicyDocument): AccessPlan {
  const role = {
    name: 'r',
    arn: roleArn,
    logicalId: 'R',
    trust: of(),
    policies: [{ name: 'p', policy: of(...statements) }],
  };
  const named = boundary && { name: 'b', policy: boundary };
  return {
    account,
    region: 'eu-west-1',
    roles: [{ ...role, boundary: named }],
    resourcePolicies: {},
    keyOf: {},
    aliases: {},
    ...more,
  };
}

async function ask(plan: AccessPlan, call: Call, by: Caller = caller) {
  const lines: string[] = [];
  const calls: MadeCall[] = [];
  const access = new Access(plan, [], {
    identities: {},
    onDenied: (one) => lines.push(one),
    onCall: (one) => calls.push(one),
  });
  const refusal = await access.refusal(by, [call]);
  await access.refusal(by, [call]);
  return { refused: refusal?.action, message: refusal?.message, lines, calls: calls.map(({ action }) => action) };
}

describe('a role', () => {
  it('may do what a statement allows, on this resource; each call is reported once', async () => {
    expect(await ask(planOf([allow('dynamodb:Get*', table)]), get)).toMatchObject({
      lines: [],
      calls: ['dynamodb:GetItem'],
    });
    const other = await ask(planOf([allow('dynamodb:GetItem', `${table}/index/i`)]), get);
    expect(other.message).toBe(
      `User: arn:aws:sts::${account}:assumed-role/r/f is not authorized to perform: dynamodb:GetItem on resource: ${table} because no identity-based policy allows the action`,
    );
    expect(other.lines).toEqual([
      `Access denied: f, under its role r, may not dynamodb:GetItem on ${table}: no policy of the role allows it`,
    ]);
  });

  it('is limited by its boundary and by what a resource denies', async () => {
    const statement = allow('*', '*');
    expect((await ask(planOf([statement], {}, of(allow('sqs:*', '*'))), get)).refused).toBe('dynamodb:GetItem');
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queue };
    const denied = await ask(planOf([statement], { resourcePolicies: { [queue]: of(deny) } }), send);
    expect([denied.message, denied.lines[0]]).toEqual([
      expect.stringContaining('with an explicit deny'),
      expect.stringContaining('a policy denies it'),
    ]);
    const insecure = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(
      (await ask(planOf([statement], { resourcePolicies: { [queue]: of(insecure) } }), send)).refused,
    ).toBeUndefined();
  });
});

describe('a key', () => {
  const via = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } });
  const encrypted = { keyOf: { [table]: key, [queue]: key } };

  it('is needed for what it encrypts, through the service', async () => {
    expect((await ask(planOf([allow('dynamodb:*', table)], encrypted), get)).refused).toBe('kms:Decrypt');
    const withKey = planOf([allow('dynamodb:*', table), allow('kms:Decrypt', key, via('dynamodb'))], encrypted);
    expect(await ask(withKey, get)).toMatchObject({ refused: undefined, calls: ['dynamodb:GetItem', 'kms:Decrypt'] });
    const other = planOf([allow('dynamodb:*', table), allow('kms:Decrypt', key, via('sqs'))], encrypted);
    expect((await ask(other, get)).refused).toBe('kms:Decrypt');
    const index = { action: 'dynamodb:Query', resource: `${table}/index/i` };
    expect((await ask(planOf([allow('dynamodb:*', '*')], encrypted), index)).refused).toBe('kms:Decrypt');
  });

  it('may be bound to an encryption context', async () => {
    const bound = (name: string) => ({ StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': name } });
    const statements = (name: string) => [allow('dynamodb:*', table), allow('kms:Decrypt', key, bound(name))];
    expect((await ask(planOf(statements('T'), encrypted), get)).refused).toBeUndefined();
    expect((await ask(planOf(statements('U'), encrypted), get)).refused).toBe('kms:Decrypt');
  });

  it('is needed twice by who sends to an encrypted queue', async () => {
    const statements = [allow('sqs:SendMessage', queue), allow('kms:GenerateDataKey', key)];
    expect((await ask(planOf(statements, encrypted), send)).refused).toBe('kms:Decrypt');
  });
});

describe('others', () => {
  it('services and callers without a signature depend on the policy of the resource', async () => {
    const service: Caller = { kind: 'service', name: 'events.amazonaws.com' };
    const grant = { ...allow('sqs:SendMessage', queue), Principal: { Service: 'events.amazonaws.com' } };
    const bound = { ...grant, Condition: { ArnEquals: { 'aws:SourceArn': arn('events', 'rule/r') } } };
    const plan = planOf([], { resourcePolicies: { [queue]: of(bound) } });
    const from = (rule: string): Call => ({ ...send, context: { 'aws:SourceArn': arn('events', `rule/${rule}`) } });
    expect((await ask(plan, from('r'), service)).refused).toBeUndefined();
    expect((await ask(plan, from('s'), service)).refused).toBe('sqs:SendMessage');
    expect((await ask(plan, send, { kind: 'anonymous' })).lines[0]).toContain('a caller without a signature may not');
  });

  it('people who are not listed administer the account', async () => {
    expect((await ask(planOf([]), get, { kind: 'user', keyId: 'somebody' })).refused).toBeUndefined();
  });
});

it('a condition that cannot be evaluated here stops the run', () => {
  const plan = planOf([allow('*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })]);
  const options = { identities: {}, onDenied: () => undefined, onCall: () => undefined };
  expect(() => new Access(plan, [], options)).toThrow('aws:principalorgid');
});

it('finds the call that needs a right, and the rights that no call needs', async () => {
  const statement = {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    Resource: [table, `${table}2`],
  };
  const plan = planOf([statement, allow('sqs:SendMessage', queue)]);
  const calls = [get, send].map((call) => ({ ...call, caller }));
  const found = await Promise.all(
    rightsOf(plan).map(async (right) => [right.action, right.resource, (await neededBy(right, calls, plan))?.action]),
  );
  expect(found).toEqual([
    ['dynamodb:GetItem', table, 'dynamodb:GetItem'],
    ['dynamodb:GetItem', `${table}2`, undefined],
    ['dynamodb:PutItem', table, undefined],
    ['dynamodb:PutItem', `${table}2`, undefined],
    ['sqs:SendMessage', queue, 'sqs:SendMessage'],
  ]);
});
