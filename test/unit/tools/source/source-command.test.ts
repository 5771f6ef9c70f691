/** `iob source add` unattended: what it writes, what it refuses, and the file around it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import { runCommandLine } from '../../../../tools/command-line/run.ts';
import { configured } from './configured.ts';

async function add(directory: string, ...args: string[]) {
  const out = vi.spyOn(console, 'log').mockReturnValue();
  const err = vi.spyOn(console, 'error').mockReturnValue();
  try {
    const where = ['--environment', 'local', '--config-directory', directory];
    const status = await runCommandLine(['source', 'add', ...args, ...where]);
    return { status, stdout: out.mock.calls.flat().join('\n'), stderr: err.mock.calls.flat().join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const invoice = 'config/examples/payments/invoice-paid.json';
const complete = ['--scheme', 'stripe', '--event', invoice, '--program', 'subscriber-tier'];

test('the entry is added at the end of sources, and every other byte stays', async () => {
  const { directory, file } = configured();
  const before = readFileSync(file, 'utf8');
  const { status, stdout } = await add(directory, 'new-one', ...complete);
  expect(status).toBe(0);
  expect(stdout).toContain('Accepted by the rule invoice-paid');
  expect(stdout).toContain(`npx iob trigger new-one --event ${invoice} --environment local`);
  const after = readFileSync(file, 'utf8');
  const start = after.indexOf(',\n    "new-one": {');
  const end = start + after.length - before.length;
  expect(after.slice(0, start) + after.slice(end)).toBe(before);
  expect(Object.keys(loadEnvironment('local', directory).sources)).toContain('new-one');
});

test.each<[string, (text: string) => string, RegExp]>([
  [
    'tabs',
    (text) => text.replaceAll(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    /\n\t\t"new-one": \{\n\t\t\t"/,
  ],
  ['four spaces', (text) => text.replaceAll(/^ +/gm, (spaces) => spaces + spaces), /\n {8}"new-one": \{\n {12}"/],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n'), /\r\n {4}"new-one": \{\r\n {6}"/],
])('the format of the file is kept: %s', async (_, change, expected) => {
  const { directory, file } = configured();
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  expect((await add(directory, 'new-one', ...complete)).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(expected);
  expect(readFileSync(file, 'utf8').includes('\r')).toBe(_ === 'CRLF');
});

test('--dry-run writes nothing', async () => {
  const { directory, file } = configured();
  const before = readFileSync(file, 'utf8');
  const { status, stdout } = await add(directory, 'new-one', ...complete, '--dry-run', '--json');
  expect([status, readFileSync(file, 'utf8') === before]).toEqual([0, true]);
  expect(JSON.parse(stdout)).toMatchObject({ written: false, trial: { outcome: 'accepted' } });
});

test('a rule that must be completed is written, says what is missing, and ends with 1', async () => {
  const { directory } = configured();
  const args = [
    '--scheme',
    'sumsub',
    '--event',
    'config/examples/kyc-vendor/applicant-reviewed.json',
    '--program',
    'kyc',
  ];
  const { status, stdout } = await add(directory, 'new-one', ...args);
  expect(status).toBe(1);
  expect(stdout).toMatch(/claims\.kycLevel +required: --claim kycLevel=… +\(one of basic, standard, enhanced\)/);
  expect(loadEnvironment('local', directory).sources['new-one']?.rules[0]?.name).toBe('applicant-reviewed');
  const claims = ['--claim', 'kycVerified=true', '--claim', "kycLevel='basic'"];
  expect((await add(directory, 'new-two', ...args, ...claims)).status).toBe(0);
});

test('several events in one delivery: --split finds them, and the first is the example', async () => {
  const { directory } = configured();
  const list = join(directory, 'list.txt');
  writeFileSync(list, `[${readFileSync(invoice, 'utf8')}]`);
  const args = ['--scheme', 'stripe', '--event', list, '--program', 'subscriber-tier'];
  expect((await add(directory, 'new-one', ...args)).stderr).toContain('if it is a list of events, --split finds them');
  expect((await add(directory, 'new-one', ...args, '--split', 'nothing')).stderr).toContain('finds no event');
  const { status, stdout } = await add(directory, 'new-one', ...args, '--split', '$');
  expect(stdout).toContain('Event 1 of 1\nAccepted by the rule invoice-paid');
  expect(status).toBe(0);
  expect(loadEnvironment('local', directory).sources['new-one']?.split).toBe('$');
});

test('a scheme with settings is given as JSON', async () => {
  const { directory } = configured();
  const proof = { scheme: 'hmac', header: 'x-signature', algorithm: 'sha256', encoding: 'hex' };
  const args = ['--proof', JSON.stringify(proof), '--event', invoice, '--program', 'subscriber-tier'];
  expect((await add(directory, 'new-one', ...args)).status).toBe(0);
  expect(loadEnvironment('local', directory).sources['new-one']?.proof).toMatchObject(proof);
});

describe('status 2 and one line, and nothing is written', () => {
  const cases: [string, string[], string][] = [
    ['no name', complete, 'NAME is missing'],
    ['no scheme', ['new-one', '--event', invoice], '--scheme <name> is missing'],
    ['no event', ['new-one', '--scheme', 'stripe'], '--event <file> is missing'],
    ['no program', ['new-one', '--scheme', 'stripe', '--event', invoice], '--program <name> is missing'],
    ['a name that exists', ['payments', ...complete], 'already has a source payments'],
    ['a name that cannot be one', ['New One', ...complete], 'lower-case letters'],
    ['a reserved name', ['queue', ...complete], 'reserved'],
    ['an unknown scheme', ['new-one', '--scheme', 'magic', ...complete.slice(2)], '--scheme takes'],
    ['settings that are not JSON', ['new-one', '--proof', '{', ...complete.slice(2)], '--proof takes a JSON object'],
    [
      'settings that are wrong',
      ['new-one', '--proof', '{"scheme":"hmac"}', ...complete.slice(2)],
      '--proof: algorithm',
    ],
    ['an unknown program', ['new-one', ...complete, '--program', 'none'], 'has no program none (there are: kyc'],
    ['a program of the prototype', ['new-one', ...complete, '--program', 'constructor'], 'has no program constructor'],
    ['a file that does not exist', ['new-one', ...complete, '--event', 'nowhere'], 'There is no file nowhere'],
    ['a file that is not JSON', ['new-one', ...complete, '--event', 'README.md'], 'The event cannot be read'],
    ['a claim without expression', ['new-one', ...complete, '--claim', 'plan'], '--claim takes name=expression'],
    ['an expression with a typo', ['new-one', ...complete, '--when', "type = 'a"], 'sources.new-one.rules.0.when'],
  ];
  test.each(cases)('%s', async (_, args, message) => {
    const { directory, file } = configured();
    const before = readFileSync(file, 'utf8');
    const { status, stderr } = await add(directory, ...args);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(1);
    expect([status, readFileSync(file, 'utf8') === before]).toEqual([2, true]);
  });

  test('an environment that does not exist', async () => {
    const { directory } = configured();
    writeFileSync(join(directory, 'local.json'), '{');
    expect((await add(directory, 'new-one', ...complete)).stderr).toContain('local.json: is not JSON');
  });
});
