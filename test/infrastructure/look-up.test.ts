/** The worker may read items of exactly the tables that sources name for their look-up, and nothing else of them. */
import { describe, expect, test } from 'vitest';
import type { Environment } from '../../lib/config/environment.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { grantedTo } from './granted.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const environment = loadEnvironment('dev');
const arn = 'arn:aws:dynamodb:eu-west-1:210987654321:table/people';

function withTables(...tables: string[]): Environment {
  const { onboarding } = environment.sources;
  if (onboarding === undefined) throw new Error('There is no such source');
  const looking = tables.map((table, index) => {
    const lookup = { type: 'dynamodb', table, key: "{ 'pk': $key }", answer: 'email' } as const;
    return [`directory-${index}`, { ...onboarding, lookup }] as const;
  });
  return { ...environment, sources: { ...environment.sources, ...Object.fromEntries(looking) } };
}

describe('a look-up in tables', () => {
  const roles = ['TriggerRole', 'WorkerRole', 'PollerCheckStatusRole', 'ReconcileRole', 'KeyRotationRole'];
  const before = templatesOf().stateless;
  const { stateless } = templatesOf(withTables('customers', arn, 'customers'));
  const added = (role: string) => {
    const known = grantedTo(before, role);
    return grantedTo(stateless, role).filter((line) => !known.includes(line));
  };

  test('grants the worker GetItem on each table, once', () => {
    const lines = added('WorkerRole');
    expect(lines).toHaveLength(2);
    expect(lines).toContain(`"${arn}": dynamodb:GetItem`);
    const named = lines.find((line) => !line.includes(arn));
    expect(named).toMatch(/:dynamodb:.*:table\/customers"\]\]\}: dynamodb:GetItem$/);
  });

  test('grants no other function anything', () => {
    expect(roles.filter((role) => role !== 'WorkerRole').flatMap(added)).toEqual([]);
  });
});

test('the circuit breaker of each directory has its alarm', () => {
  const { stateless } = templatesOf(withTables('customers'));
  const watched = resourcesOf(stateless, 'AWS::CloudWatch::Alarm')
    .filter(([, { Properties }]) => Properties['MetricName'] === 'CircuitsOpened')
    .flatMap(([, { Properties }]) => Properties['Dimensions'].map(({ Value }: { Value: string }) => Value));
  expect(watched).toEqual(expect.arrayContaining(['lookup:onboarding', 'lookup:directory-0']));
});
