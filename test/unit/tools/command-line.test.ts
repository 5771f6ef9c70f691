/** The command line as a whole: its help, its exit statuses, and what it must not repeat. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { operatorPolicy } from '../../../cdk/operator-policies.ts';
import { runCommandLine } from '../../../tools/command-line/run.ts';

/** Runs the command line in this process; the first test runs it as a process of its own. */
async function iob(...args: string[]) {
  const out = vi.spyOn(console, 'log').mockReturnValue();
  const err = vi.spyOn(console, 'error').mockReturnValue();
  try {
    const status = await runCommandLine(args);
    const textOf = ({ mock }: typeof out) => mock.calls.flat().join('\n');
    return { status, stdout: textOf(out), stderr: textOf(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const commands = [
  ['try'],
  ['trigger'],
  ['source'],
  ['source', 'add'],
  ['token'],
  ['keys'],
  ['keys', 'status'],
  ['keys', 'rotate'],
  ['redrive'],
  ['unusable'],
  ['unusable', 'list'],
  ['unusable', 'show'],
  ['unusable', 'replay'],
  ['erase'],
  ['policy'],
];

test('the help names every command', () => {
  const { status, stdout } = spawnSync(process.execPath, ['tools/iob.ts', '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  for (const [name = ''] of commands) expect(stdout).toContain(`  ${name} `);
});

test('without a command the help is shown, and the status says that nothing was done', async () => {
  const { status, stderr } = await iob();
  expect([status, stderr.includes('Usage: iob')]).toEqual([2, true]);
});

test.each(commands.map((command) => [command.join(' '), command] as const))('iob %s --help', async (_, command) => {
  const { status, stdout } = await iob(...command, '--help');
  expect(status).toBe(0);
  expect(stdout).toContain(`Usage: iob ${command.join(' ')}`);
});

test.each<[string, string[], string]>([
  ['a mistyped command, with a suggestion', ['redrvie'], 'Did you mean redrive?'],
  ['a mistyped option, with a suggestion', ['keys', 'status', '-e', 'dev', '--sate', 'x'], 'Did you mean --state?'],
  ['a missing option', ['keys', 'status'], '--environment <name>'],
  ['an environment that does not exist', ['keys', 'status', '-e', 'nowhere'], 'There is no config/nowhere.json'],
  ['a local system that does not run', ['keys', 'status', '-e', 'local', '--state', 'nowhere'], 'npm start'],
  ['an emergency that is not confirmed', ['keys', 'rotate', '-e', 'dev'], '--now'],
  ['two ways of naming keys', ['keys', 'rotate', '--now', '--all', '--kid', 'k', '-e', 'dev'], 'cannot be used with'],
  ['a policy of no command', ['policy', 'destroy', '-e', 'dev'], 'Allowed choices are keys'],
  ['a reason that is no code', ['redrive', '-e', 'dev', '--reason', 'no-such-code'], 'docs/errors.md'],
  ['a scope that does not exist', ['token', '--source', 'crm', '--scopes', 'issue,all'], '--scopes takes'],
  ['a source that cannot be one', ['token', '--source', 'CRM'], '--source takes'],
])('status 2 on %s', async (_, args, message) => {
  const { status, stdout, stderr } = await iob(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('iob token --json is one JSON document', async () => {
  const { status, stdout } = await iob('token', '--source', 'crm', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ token: expect.stringMatching(/^iob_/), entry: { source: 'crm' } });
});

test('iob policy prints the policy of a command for the environment’s own resources', async () => {
  const state = mkdtempSync(join(tmpdir(), 'iob-policy-'));
  const origin = 'http://127.0.0.1:1';
  const outputs = {
    TableName: 'table',
    QueueUrl: `${origin}/000000000000/queue`,
    DeadLetterQueueUrl: `${origin}/000000000000/letters`,
    SigningKeysSecretArn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:keys-abcdef',
  };
  const endpoints = { tables: origin, messages: origin, services: origin };
  writeFileSync(join(state, 'endpoints.json'), JSON.stringify({ region: 'eu-west-1', outputs, endpoints }));
  cpSync('config/local.json', join(state, 'environment.json'));
  const { status, stdout } = await iob('policy', 'redrive', '-e', 'local', '--state', state);
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    operatorPolicy('redrive', 'local', (name) => (outputs as Record<string, string>)[name] ?? ''),
  ]);
});

describe('iob erase does not repeat a holder that was typed in the wrong place', () => {
  const holder = 'secret@example.com';
  test.each([
    [['erase', '-e', 'dev', holder]],
    [['erase', '-e', 'dev', '--holdr', holder]],
    [['erase', '-e', 'dev', `--${holder}`]],
    [['erase', '-e', 'dev', '--holder', 'x', holder]],
  ])('%j', async (args) => {
    const { status, stdout, stderr } = await iob(...args);
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain('secret');
  });
});
