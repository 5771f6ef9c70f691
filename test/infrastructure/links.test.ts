/** The links in alarms and failed executions: to the runbook and to the console. */
import { describe, expect, test } from 'vitest';
import { runbookOf, runbookWarning } from '../../cdk/runbook.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import { deployedPoller } from './poller-definition.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const runbookUrl = 'https://git.company.com/team/wallets/docs/runbook.md';
const { stateful, stateless } = templatesOf({ ...loadEnvironment('dev'), runbookUrl });
const alarms = [stateful, stateless].flatMap((template) => resourcesOf(template, 'AWS::CloudWatch::Alarm'));

describe('the description of an alarm', () => {
  test('says what is wrong, and has a link to the runbook and one to its graph', () => {
    expect(alarms.length).toBeGreaterThan(50);
    for (const [, { Properties }] of alarms) {
      const [says = '', runbook = '', graph = '', ...more] = Properties['AlarmDescription'].split('\n');
      expect(says).toMatch(/^[A-Z].+\.$/);
      expect(runbook).toMatch(/^What to do: https:\/\/git\.company\.com\/team\/wallets\/docs\/runbook\.md#[a-z-]+$/);
      const page = 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/';
      expect(graph).toBe(`Graph and history: ${page}${Properties['AlarmName']}`);
      expect(more).toEqual([]);
      expect(Properties['AlarmDescription'].length).toBeLessThan(1024);
    }
  });

  test('names each alarm once, by the environment and its place', () => {
    const names = alarms.map(([, { Properties }]) => String(Properties['AlarmName']));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^issue-on-behalf-dev-[a-z-]+$/);
    expect(names).toContain('issue-on-behalf-dev-queue-dead-letters');
    expect(names).toContain('issue-on-behalf-dev-worker-errors');
  });
});

test('a failed execution names the section of the runbook', () => {
  const { definition } = deployedPoller('EXPRESS', { ...loadEnvironment('dev'), runbookUrl });
  expect(definition.States['CheckFailed']?.Cause).toContain(`${runbookUrl}#poller-executions`);
});

describe('the address of the runbook', () => {
  const dev = { environment: 'dev', runbookUrl: undefined };
  const page = 'https://git.company.com/team/wallets/blob/HEAD/docs/runbook.md';

  test('is the one that the environment names', () => {
    expect(runbookOf({ ...dev, runbookUrl }, 'git@git.company.com:other/origin.git')).toBe(runbookUrl);
  });

  test.each([
    'https://git.company.com/team/wallets.git',
    'https://git.company.com/team/wallets',
    'https://robot:token@git.company.com/team/wallets.git',
    'git@git.company.com:team/wallets.git',
    'ssh://git@git.company.com/team/wallets.git',
    'ssh://git@git.company.com:2222/team/wallets.git',
  ])('is otherwise the page of the repository: %s', (origin) => {
    expect(runbookOf(dev, origin)).toBe(page);
    expect(runbookWarning(dev, origin)).toBeUndefined();
  });

  test.each(['', '/srv/git/wallets.git', 'file:///srv/git/wallets.git', '../wallets'])(
    'is otherwise the file, with a warning: "%s"',
    (origin) => {
      expect(runbookOf(dev, origin)).toBe('docs/runbook.md');
      expect(runbookWarning(dev, origin)).toMatch(/^config\/dev\.json: runbookUrl: is not set/);
      expect(runbookWarning({ ...dev, environment: 'local' }, origin)).toBeUndefined();
    },
  );

  test.each(['http://git.company.com/runbook.md', 'docs/runbook.md', 'https://git.company.com/runbook.md#x'])(
    'is refused unless a person can click it: %s',
    (address) => {
      const text = JSON.stringify({ ...loadEnvironment('dev'), runbookUrl: address });
      expect(() => parseEnvironment(text, 'config/dev.json')).toThrow('runbookUrl: must be an https address');
    },
  );
});
