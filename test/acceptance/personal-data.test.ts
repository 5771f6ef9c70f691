/** Marked addresses and claims go through every flow of the running system: afterwards they are nowhere but where they must be. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustingWallet } from '../../local/sandboxes/credenco.ts';
import { senderSecret } from '../../local/senders/sender-secret.ts';
import { signEvent } from '../../local/senders/sign-event.ts';
import { ask, company, type Operator, startOperator } from './local-operator.ts';

const mark = 'mrkd';
let operator: Operator;
/** What callers and operators were told. */
const told: string[] = [];

beforeAll(async () => {
  operator = await startOperator();
  await operator.putSwitches('air-kit', { onchainDelayMs: 100, refusedConsent: [`${mark}-refused@example.com`] });
});
afterAll(() => operator.system.stop());

const holder = (name: string) => `${mark}-${name}@example.com`;

/** A venue's event: its claims are free text, so they can be marked. */
function attendance(name: string, changes: object = {}) {
  const claims = { eventId: `${mark}-${name}`, venue: `${mark} hall`, attendedAt: '2026-11-20T09:30:00Z' };
  return { program: 'venue-attendance', holder: holder(name), claims, occurredAt: '2026-11-20T09:30:00Z', ...changes };
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const { apiUrl, token } = operator.system;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
  const answer = await fetch(`${apiUrl}${path}`, { ...init, headers });
  told.push(JSON.stringify([...answer.headers]), await answer.clone().text());
  return answer;
}

async function post(key: string, body: unknown): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await request('/v1/issuances', { method: 'POST', body: text, headers: { 'idempotency-key': key } });
  return ((await answer.json()) as { id?: string }).id ?? '';
}

async function fault(fault: object): Promise<void> {
  await operator.putSwitches('air-kit', { faults: { failure: { operation: 'issue', next: 1, ...fault } } });
}

/** Events that end well, with and without failures on the way. */
async function endWell(): Promise<string[]> {
  const ids = [await post('plain', attendance('plain'))];
  await operator.reach(ids, 'confirmed');
  for (const [name, failure] of Object.entries({
    lost: { kind: 'drop' },
    slow: { kind: 'status', status: 503, message: `no service for ${holder('slow')}` },
    garbage: { kind: 'garbage', body: 'html' },
    broken: { kind: 'status', status: 500, message: holder('broken'), commit: true },
  })) {
    await fault(failure);
    const id = await post(name, attendance(name));
    await operator.reach([id], 'confirmed');
    ids.push(id);
  }
  ids.push(await ask(operator.system, 'company', company(trustingWallet, `${mark}-company`)));
  await operator.send(JSON.stringify({ ...attendance('queued'), idempotencyKey: `${mark}-queued` }));
  await operator.until('the queued one', async () =>
    (await operator.items()).some(({ source, status }) => source === 'queue' && status === 'confirmed'),
  );
  await operator.reach(ids, 'confirmed');
  return ids;
}

/** An event that names a customer, whose address is in a directory. */
async function lookUp(): Promise<void> {
  const { apiUrl, directoryUrl, sources, sourceAccess } = operator.system;
  const customers = { [`${mark}-customer`]: holder('looked-up') };
  const faults = { failure: { kind: 'status', status: 500, message: holder('looked-up'), operation: 'find', next: 1 } };
  const switches = { method: 'PUT', body: JSON.stringify({ customers, faults }) };
  expect((await fetch(`${directoryUrl}/_sandbox/switches`, switches)).status).toBe(200);
  const event = JSON.parse(readFileSync('config/examples/onboarding/applicant-reviewed.json', 'utf8')) as object;
  const body = JSON.stringify({ ...event, externalUserId: `${mark}-customer` });
  const proof = sources['onboarding']?.proof;
  const secret = sourceAccess.get('onboarding')?.secret;
  if (proof === undefined || secret === undefined) throw new Error('There is no source onboarding');
  const url = `${apiUrl}/v1/events/onboarding`;
  const headers = { 'content-type': 'application/json' };
  const outgoing = { body: Buffer.from(body), headers, url, id: 'msg_looked_up', at: new Date() };
  const signed = await signEvent(proof, senderSecret(proof, secret), outgoing);
  const answer = await fetch(url, { method: 'POST', headers: signed.headers, body });
  told.push(JSON.stringify([...answer.headers]), await answer.text());
  await operator.until('the one that is looked up', async () =>
    (await operator.items()).some(({ source, status }) => source === 'onboarding' && status === 'confirmed'),
  );
}

/** Requests that are refused, issuances that fail, and messages that lie dead. */
async function endBadly(): Promise<string[]> {
  await post('again', attendance('plain', { holder: `${mark}@@example` }));
  await post('again', attendance('plain', { [mark]: mark }));
  await post('again', attendance('plain', { claims: { [mark]: mark, eventId: 7 } }));
  await post('again', attendance('plain', { occurredAt: `${mark}-01-01` }));
  await post('again', attendance('plain', { program: `${mark}` }));
  await post('again', `{"${mark}": `);
  await post('plain', attendance('plain', { holder: holder('another') }));
  await request(`/v1/issuances/${mark}`);
  await request(`/v1/issuances?status=${mark}&source=${mark}`);
  await request(`/v1/${mark}`);
  await operator.send(`{"holder":"${holder('dead')}",`);
  await operator.send(JSON.stringify({ ...attendance('dead'), claims: { [mark]: mark }, idempotencyKey: 'dead' }));
  const refused = await post('refused', attendance('refused'));
  await operator.putSwitches('air-kit', { issueOnBehalfAllowed: false });
  const disabled = await post('disabled', attendance('disabled'));
  await operator.reach([refused, disabled], 'failed');
  await operator.putSwitches('air-kit', { issueOnBehalfAllowed: true });
  await request(`/v1/issuances/${disabled}/retry`, { method: 'POST' });
  await operator.reach([disabled], 'confirmed');
  const { queues } = operator.system.cloud;
  await operator.until(
    'two letters',
    async () => (await queues.messages(queues.deadLetterNames[0] ?? '')).length === 2,
  );
  for (const args of [['--dry-run'], ['--what', 'issuances', '--reason', 'holder-refused-consent', '--dry-run']]) {
    told.push((await operator.run('redrive', ...args)).text);
  }
  return [refused];
}

/** Files of the state folder that people read: logs and events; not the table, the queues or the sandboxes. */
function readable(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'cloud' ? readable(path) : [];
    return /\.log$|^events\.jsonl$/.test(name) ? [path] : [];
  });
}

test('marks are in no log, metric, event, answer, queue attribute, nor in the record of what has ended well', async () => {
  const well = await endWell();
  await lookUp();
  const badly = await endBadly();

  for (const text of told) expect(text).not.toContain(mark);
  const files = readable(operator.stateDir);
  expect(files.map((path) => path.split('/').at(-1)).toSorted()).toEqual([
    'access.log',
    'events.jsonl',
    'functions.log',
  ]);
  for (const path of files) {
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.includes(mark))).toEqual([]);
  }

  const { queues } = operator.system.cloud;
  const letters = await queues.messages(queues.deadLetterNames[0] ?? '');
  expect(JSON.stringify(letters.map(({ attributes }) => attributes))).not.toContain(mark);

  const marked = (await operator.items()).filter((item) => JSON.stringify(item).includes(mark));
  expect(marked.map(({ pk }) => String(pk).replace('ISSUANCE#', ''))).toEqual(badly);
  // Kept for an operator's retry, in one attribute that is dropped after the retention or on request.
  for (const { personal: _personal, ...rest } of marked) expect(JSON.stringify(rest)).not.toContain(mark);
  expect((await operator.reach(well, 'confirmed')).length).toBe(well.length);

  for (const each of ['refused', 'dead']) told.push((await operator.run('erase', '--holder', holder(each))).text);
  expect(JSON.stringify(await operator.items())).not.toContain(mark);
  expect(told.join('\n')).not.toContain(mark);
  expect(await queues.messages(queues.deadLetterNames[0] ?? '')).toHaveLength(0);
});
