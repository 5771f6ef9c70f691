/** Nothing is sent to a broken account until it is fixed; operators redrive failures and dead letters and erase holders by command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { neededBy, rightsOf } from '@issue-on-behalf/local-cloud';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operatorKeyId, operatorPolicy } from '../../cdk/operator-policies.ts';
import { trustingWallet } from '../../local/sandboxes/credenco.ts';
import { ask, company, kyc, type Operator, startOperator } from './local-operator.ts';

// Longer than any of the waits below has on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

let operator: Operator;

beforeAll(async () => {
  operator = await startOperator();
  await operator.putSwitches('air-kit', { onchainDelayMs: 100 });
});
afterAll(() => operator.system.stop());

const logged = (event: string) =>
  readFileSync(join(operator.stateDir, 'cloud/functions.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"${event}"`));

const askMany = (count: number, prefix: string) =>
  pMap(
    Array.from({ length: count }),
    (_, index) => ask(operator.system, `${prefix}-${index}`, kyc(`${prefix}-${index}@example.com`)),
    {
      concurrency: 8,
    },
  );

async function issueCalls(): Promise<number> {
  const answer = await fetch(`${operator.system.sandboxes.get('air-kit')?.origin}/_sandbox/inspect?recent=1000`);
  const { calls } = (await answer.json()) as { calls: { recent: { operation: string }[] } };
  return calls.recent.filter(({ operation }) => operation === 'issue').length;
}

test('fault 39: an outage: few calls reach the provider, another account goes on, and everything ends when it is back', async () => {
  await operator.putSwitches('air-kit', { faults: { down: { kind: 'status', status: 503, operation: 'issue' } } });
  const ids = await askMany(60, 'outage');
  await operator.until('the circuit opens', async () => logged('circuit-opened').length > 0);
  const wallet = await ask(operator.system, 'company-1', company(trustingWallet, 'NL-1'));
  await operator.reach([wallet], 'confirmed');
  // Five in a row opened it; what was under way by then and a probe or two come on top of it.
  expect(await issueCalls()).toBeLessThan(60);
  await operator.putSwitches('air-kit', { faults: { down: null } });
  await operator.reach(ids, 'confirmed');
  expect(logged('circuit-closed').length).toBeGreaterThan(0);
  expect(
    (await operator.system.cloud.queues.messages(operator.system.cloud.queues.deadLetterNames[0] ?? '')).length,
  ).toBe(0);
});

test('fault 39: a refused account: few fail, the others wait and continue; one command redrives those that failed', async () => {
  await operator.putSwitches('air-kit', { issueOnBehalfAllowed: false });
  const opened = logged('circuit-opened').length;
  const ids = await askMany(100, 'refused');
  await operator.until('the circuit opens again', async () => logged('circuit-opened').length > opened);
  await operator.putSwitches('air-kit', { issueOnBehalfAllowed: true });
  const views = await operator.reach(ids, 'confirmed', 'failed');
  const failed = views.filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  // At most what is under way when the circuit opens: ten messages in each of four batches.
  expect(failed.length).toBeLessThanOrEqual(40);
  const wanted = ['--what', 'issuances', '--reason', 'provider-feature-disabled'];
  expect((await operator.run('redrive', ...wanted, '--dry-run')).text).toContain(
    `${failed.length} found, ${failed.length} would be sent back`,
  );
  expect((await operator.run('redrive', ...wanted)).text).toContain(
    `${failed.length} found, ${failed.length} sent back`,
  );
  await operator.reach(ids, 'confirmed');
  expect((await operator.run('redrive', ...wanted)).text).toContain('0 found, 0 sent back');
});

test('fault 36: dead letters are redriven by reason, with their attributes, and never shown', async () => {
  const { queues } = operator.system.cloud;
  const [name = ''] = queues.deadLetterNames;
  const letters = () => queues.messages(name);
  await operator.send('not JSON but of secret@example.com');
  await operator.send(JSON.stringify({ ...kyc('secret@example.com'), program: 'nothing', idempotencyKey: 'k1' }));
  await operator.send('{}', 'nobody');
  await operator.until('three letters', async () => (await letters()).length === 3);
  const dry = await operator.run('redrive', '--dry-run');
  expect(dry.text).toMatch(/request-not-json +1 found, 1 would be sent back/);
  expect(dry.text).not.toContain('secret');
  expect(await letters()).toHaveLength(3);
  const before = (await letters()).map(({ id }) => id);
  const redriven = await operator.run('redrive', '--reason', 'source-unknown');
  expect(redriven.text).toMatch(/program-unknown +1 found, 0 sent back/);
  expect(redriven.text).toMatch(/source-unknown +1 found, 1 sent back/);
  // Its cause is not fixed: it becomes a dead letter again, with its source.
  await operator.until(
    'the letter is back',
    async () => (await letters()).length === 3 && (await letters()).some(({ id }) => !before.includes(id)),
  );
  expect(
    (await letters()).find(({ attributes }) => attributes['reason'] === 'source-unknown')?.attributes,
  ).toMatchObject({ source: 'nobody' });
  expect((await operator.run('redrive', '--reason', 'no-such-code')).status).toBe(2);
});

test('a holder is erased from records and dead letters, confirmed ones included, and a replay issues nothing', async () => {
  const earlier = { ...kyc('Secret@example.com'), occurredAt: '2026-11-19T09:30:00Z' };
  const confirmed = await ask(operator.system, 'erased-confirmed', earlier);
  const [view] = await operator.reach([confirmed], 'confirmed');
  const hash = view?.receipt?.['coreClaimHash'] ?? expect.unreachable();
  await operator.putSwitches('air-kit', { refusedConsent: ['secret@example.com'] });
  const id = await ask(operator.system, 'erased', kyc('Secret@example.com'));
  await operator.reach([id], 'failed');
  const holding = async (text: string) =>
    (await operator.items()).filter((item) => JSON.stringify(item).includes(text));
  expect(await holding('secret@')).toHaveLength(1);
  // The record, and its slot.
  expect(await holding(hash)).toHaveLength(2);
  const counts = [
    'records that dropped holder and claims  1',
    '  of these, issuances that are ended    0',
    'records that dropped provider ids       1',
    'slots that forgot their credentials     1',
    'facts about the holder forgotten        0',
    'dead letters deleted                    2',
    'unusable events deleted                 0',
    'issuances under way                     0',
  ];
  const dry = await operator.run('erase', '--holder', 'SECRET@example.com', '--dry-run');
  expect(dry.text.split('\n').slice(1, 9)).toEqual(counts);
  expect(await holding('secret@')).toHaveLength(1);
  const { text } = await operator.run('erase', '--holder', 'SECRET@example.com');
  expect(text.split('\n').slice(0, 8)).toEqual(counts);
  expect(text).toContain(`${confirmed} kyc {"coreClaimHash":"${hash}"`);
  expect(text.toLowerCase()).not.toContain('secret');
  expect([...(await holding('secret@')), ...(await holding(hash))]).toEqual([]);
  expect(await ask(operator.system, 'erased', kyc('Secret@example.com'))).toBe(id);
  expect(await ask(operator.system, 'erased-confirmed', earlier)).toBe(confirmed);
  await operator.reach([id], 'failed');
  await operator.reach([confirmed], 'confirmed');
  expect((await operator.run('erase', '--holder', 'secret@example.com')).text).toContain('claims  0');
});

describe('fault 58: a newer event supersedes an older one, and the provider refuses it', () => {
  /** The older one's id, superseded in vain, and the newer one's. */
  async function supersededInVain(name: string): Promise<{ older: string; newer: string; holder: string }> {
    const holder = `${name}@example.com`;
    await operator.putSwitches('air-kit', {
      faults: { slow: { kind: 'status', status: 429, retryAfter: 1, operation: 'issue' } },
      refusedConsent: [],
    });
    const newer = await ask(operator.system, `${name}-newer`, kyc(holder));
    const older = await ask(operator.system, `${name}-older`, { ...kyc(holder), occurredAt: '2026-11-19T09:30:00Z' });
    await operator.reach([older], 'superseded');
    await operator.putSwitches('air-kit', { faults: { slow: null }, refusedConsent: [holder] });
    const [failed] = await operator.reach([newer], 'failed');
    expect(failed).toMatchObject({ superseded: 1, reason: { code: 'holder-refused-consent' } });
    const events = () => readFileSync(join(operator.stateDir, 'events.jsonl'), 'utf8').split('\n');
    const told = () => events().filter((line) => line.includes(newer) && line.includes('"superseded":1'));
    await operator.until('the event of the newer one tells the count', async () => told().length > 0);
    await operator.putSwitches('air-kit', { refusedConsent: [] });
    return { older, newer, holder };
  }

  async function expectIssuedOnce(older: string, newer: string, holder: string): Promise<void> {
    await operator.reach([older], 'confirmed');
    await operator.reach([newer], 'failed');
    const url = `${operator.system.sandboxes.get('air-kit')?.origin}/_sandbox/inspect?email=${encodeURIComponent(holder)}`;
    const { holders } = (await (await fetch(url)).json()) as { holders: { programs: Record<string, unknown> }[] };
    expect(Object.values(holders[0]?.programs ?? {})).toMatchObject([{ issuedEver: 1 }]);
  }

  test('an operator retries the older one through the API: it ends confirmed, once', async () => {
    const { older, newer, holder } = await supersededInVain('in-vain-api');
    const answer = await fetch(`${operator.system.apiUrl}/v1/issuances/${older}/retry`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operator.system.token}` },
    });
    expect(answer.status).toBe(202);
    await expectIssuedOnce(older, newer, holder);
  });

  test('an operator redrives by the reason of the failure: it ends confirmed, once', async () => {
    const { older, newer, holder } = await supersededInVain('in-vain-redrive');
    const wanted = ['--what', 'superseded', '--reason', 'holder-refused-consent'];
    expect((await operator.run('redrive', ...wanted, '--dry-run')).text).toContain(
      `${older} superseded by ${newer}: would be sent back`,
    );
    await operator.reach([older], 'superseded');
    expect((await operator.run('redrive', ...wanted)).text).toContain(`${older} superseded by ${newer}: sent back`);
    await expectIssuedOnce(older, newer, holder);
    expect((await operator.run('redrive', ...wanted)).text).not.toContain(older);
    expect((await operator.run('redrive', '--what', 'superseded')).status).toBe(2);
  });
});

test('the policies of redrive and erase allow what the commands do, and nothing else', async () => {
  const { cloud } = operator.system;
  expect(operator.denied()).toEqual([]);
  const commands = ['redrive', 'erase'] as const;
  const identities = Object.fromEntries(
    commands.map((one) => [operatorKeyId(one), operatorPolicy(one, 'local', (name) => cloud.outputs[name] ?? '')]),
  );
  const rights = rightsOf(cloud.plan.access, identities).filter((right) => right.of === 'identity');
  const unused: string[] = [];
  for (const right of rights) {
    const needed = await neededBy(right, cloud.calls(), cloud.plan.access, identities);
    if (!needed) unused.push(`${right.holder}: ${right.action}`);
  }
  expect(rights.length).toBeGreaterThan(15);
  expect(unused).toEqual([
    // The local run has no CloudFormation; its outputs are in a file.
    'iob-redrive: cloudformation:DescribeStacks',
    'iob-erase: cloudformation:DescribeStacks',
    // Facts about a wallet, and the end of an issuance that waits: test/unit/operate/erase.test.ts.
    'iob-erase: dynamodb:DeleteItem',
    'iob-erase: events:PutEvents',
  ]);
});
