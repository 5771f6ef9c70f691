/** Every example of a source of the environments: the result is the one beside it, in `iob try` and at the endpoint. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../lib/config/load-environment.ts';
import { catalogOf } from '../../../lib/programs/programs.ts';
import { type Trial, tryEvent } from '../../../tools/try/event-trial.ts';
import { deliver } from '../../fakes/deliveries.ts';
import { senderOf } from '../../fakes/senders.ts';
import { World } from '../../fakes/world.ts';

const folder = 'config/examples';
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !existsSync(join(folder, entry.name, 'source.json')))
  .flatMap(({ name: source }) =>
    readdirSync(join(folder, source))
      .filter((file) => /^[a-z-]+\.json$/.test(file))
      .map((file) => ({ source, path: join(folder, source, file) })),
  );

function headersOf(path: string): Record<string, string> {
  const file = path.replace(/\.json$/, '.headers.json');
  return existsSync(file) ? read(file) : {};
}

/** What the source's directory would answer, where an example needs it. */
function answerOf(path: string): { answer?: unknown } {
  const file = path.replace(/\.json$/, '.answer.json');
  return existsSync(file) ? { answer: read(file) } : {};
}

const expectedOf = (path: string): Trial => read(path.replace(/\.json$/, '.expected.json'));

describe.each(['dev', 'local'])('in the environment %s', (name) => {
  const environment = loadEnvironment(name);

  test('every source has an example that is accepted, and every example a source', () => {
    const accepted = examples.filter(({ path }) => expectedOf(path).outcome === 'accepted');
    expect(new Set(accepted.map(({ source }) => source))).toEqual(new Set(Object.keys(environment.sources)));
    expect(Object.keys(environment.sources).length).toBeGreaterThanOrEqual(6);
  });

  test.each(examples.map(({ path, source }) => [path, source] as const))('%s', async (path, source) => {
    const settings = environment.sources[source];
    if (settings === undefined) throw new Error(`There is no source ${source}`);
    const body = readFileSync(path);
    const input = { source, settings, headers: headersOf(path), body, queue: false, ...answerOf(path) };
    const trial = await tryEvent(environment, input);
    const expected = expectedOf(path);
    // The address of the directory differs from environment to environment.
    if (!('lookup' in trial)) expect(trial).toEqual(expected);
    else expect({ ...trial, lookup: { key: trial.lookup?.key } }).toEqual(expected);
  });
});

describe('through the door, signed as the sender signs', () => {
  const environment = loadEnvironment('local');

  test.each(examples.map(({ path, source }) => [path, source] as const))('%s', async (path, source) => {
    const sender = senderOf(environment.sources[source]?.proof?.scheme ?? '');
    const secret = sender.newSecret();
    const world = new World();
    const body = readFileSync(path, 'utf8');
    const lower = Object.entries(headersOf(path)).map(([header, value]) => [header.toLowerCase(), value] as const);
    const headers = { ...Object.fromEntries(lower), ...(await sender.sign(body, secret, world.clock.now())) };
    const secrets = { [source]: [sender.kept(secret)] };
    const receiver = { sources: environment.sources, secrets, programs: catalogOf(environment) };
    const answer = await deliver(world, receiver, { source, headers, body });
    const expected = expectedOf(path);
    if (expected.outcome === 'ignored') expect([answer.status, answer.json]).toEqual([200, { ignored: true }]);
    const isUnknown = expected.outcome === 'refused' && expected.code === 'holder-not-found';
    // Accepted, and ended by the worker.
    if (isUnknown) expect(answer.status).toBe(202);
    // Its sender can never correct it.
    else if (expected.outcome === 'refused') {
      expect([answer.status, answer.json]).toEqual([200, { ignored: true, code: expected.code }]);
    }
    if (expected.outcome !== 'accepted') return;
    const { rule, program, holder, lookup, claims, occurredAt } = expected;
    const who = lookup === undefined ? { holder } : { lookup: lookup.key };
    expect(answer).toMatchObject({ status: 202, json: { rule, program } });
    expect(world.store.all()).toMatchObject([{ source, program, ...who, claims, occurredAt }]);
  });
});

describe('iob try', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/iob.ts', 'try', ...args], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const passed = ['--source', 'kyc-vendor', '--event', `${folder}/kyc-vendor/applicant-reviewed.json`];

  test('says in words which rule it was and what came out', () => {
    const { status, stdout } = run(...passed);
    expect(status).toBe(0);
    expect(stdout).toContain('Accepted by the rule kyc-passed; the claims match the schema of the program kyc.');
    expect(stdout).toContain('hedy@example.com');
  });

  test('says the same as JSON', () => {
    const text = execFileSync(process.execPath, ['tools/iob.ts', 'try', '--json', ...passed], { encoding: 'utf8' });
    expect(JSON.parse(text)).toMatchObject({ outcome: 'accepted', rule: 'kyc-passed', program: 'kyc' });
  });

  test('ends with 1 when the event would be refused', () => {
    const { status, stdout } = run(
      '--source',
      'loyalty-system',
      '--event',
      `${folder}/loyalty-system/tier-unknown.json`,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('Refused with claims-invalid');
    expect(stdout).toContain('/points must be of type integer');
  });

  test.each<[string, string[], string]>([
    ['an unknown source', ['--source', 'nobody', '--event', 'package.json'], 'has no source nobody (there are:'],
    ['no such file', ['--source', 'shop', '--event', 'nowhere.json'], 'There is no file nowhere.json'],
    ['an unknown option', ['--sauce', 'shop', ...passed], '--sauce'],
    ['an unknown environment', ['--environment', 'nowhere', ...passed], 'config/nowhere.json'],
  ])('ends with 2 on %s', (_, args, message) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
