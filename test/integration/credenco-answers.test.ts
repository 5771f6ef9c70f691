/** What each answer of Credenco means: it did nothing, it may have acted, or it is to be tried later. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { endOf } from '../fakes/end-of.ts';
import { CredencoTestAccount, startTrap } from './credenco-account.ts';

let account: CredencoTestAccount;

beforeAll(async () => {
  account = await CredencoTestAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

const statuses = [
  [400, 'provider-rejected-claims', 'provider-refused-request'],
  [403, 'provider-feature-disabled', 'provider-feature-disabled'],
  [404, 'provider-program-not-found', 'wallet-unknown'],
  [405, 'provider-refused-request', 'provider-refused-request'],
  [408, 'provider-unavailable', 'provider-unavailable'],
  [413, 'provider-refused-request', 'provider-refused-request'],
  [422, 'provider-rejected-claims', 'provider-refused-request'],
  [425, 'provider-unavailable', 'provider-unavailable'],
  [429, 'provider-rate-limited', 'provider-rate-limited'],
  [500, 'provider-answer-lost', 'provider-answer-lost'],
  [502, 'provider-answer-lost', 'provider-answer-lost'],
  [503, 'provider-unavailable', 'provider-answer-lost'],
  [504, 'provider-answer-lost', 'provider-answer-lost'],
] as const;

test.each(statuses)('fault 17: %i to the mint: %s', async (status, code) => {
  account.fault({ kind: 'status', status, operation: 'mint' });
  expect(await endOf(account.connect().submit(account.job()))).toBe(`${code}: HTTP ${status} to the mint`);
});

test.each(statuses)('%i to the push: %s (mint: other)', async (status, _mint, code) => {
  account.fault({ kind: 'status', status, operation: 'push' });
  const job = account.job();
  expect(await endOf(account.connect().submit(job))).toBe(`${code}: HTTP ${status} to the push`);
  expect(job.progress).toHaveProperty('offerUri');
});

test('409 to the mint: other ids are tried, a few', async () => {
  account.fault({ kind: 'status', status: 409, operation: 'mint' });
  const before = account.calls('mint');
  const job = account.job();
  expect(await endOf(account.connect().submit(job))).toBe('provider-refused-request: HTTP 409 to the mint');
  expect(account.calls('mint') - before).toBe(5);
  // The next try goes on where this one stopped.
  expect(job.progress).toEqual({ round: '5' });
});

describe('fault 17: an answer that cannot be read', () => {
  const unreadable = ['html', 'truncated-json', 'wrong-content-type', 'empty', 'huge', 'gzip-bomb', 'error-in-200'];
  test.each(unreadable)('%s to the mint: it may have minted', async (body) => {
    account.fault({ kind: 'garbage', body, operation: 'mint' });
    const end = await endOf(account.connect().submit(account.job()));
    expect(end).toBe('provider-answer-unreadable: HTTP 200 to the mint');
  });

  test.each(unreadable)('%s to the status: asked again', async (body) => {
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    await account.quiet();
    account.fault({ kind: 'garbage', body, operation: 'status' });
    const end = await endOf(account.connect().check(job.submitted(receipt)));
    expect(end).toBe('provider-answer-unreadable: HTTP 200 to the status');
  });

  test('cut off in the middle: lost', async () => {
    account.fault({ kind: 'garbage', body: 'cut-off', operation: 'mint' });
    const end = await endOf(account.connect().submit(account.job()));
    expect(end).toBe('provider-answer-lost: no answer to the mint');
  });
});

describe('fault 46: an answer about another correlation id', () => {
  test('to the mint: its offer is neither kept nor pushed', async () => {
    account.switch({ answersAbout: 'another' });
    const job = account.job();
    const end = await endOf(account.connect().submit(job));
    expect(end).toBe('provider-answer-unreadable: the mint is about another correlation id');
    expect(job.kept).toEqual([]);
    expect(account.issuance(job.issuanceId)).toMatchObject({ pushes: 0 });
  });

  test('to the status of a submitted one: no answer, though it says issue_completed', async () => {
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    await account.quiet();
    account.switch({ answersAbout: 'another' });
    const end = await endOf(account.connect().check(job.submitted(receipt)));
    expect(end).toBe('provider-answer-unreadable: the status is about another correlation id');
  });

  test('to the status of a lost push: it stays open, and nothing is pushed or minted', async () => {
    const job = account.job();
    account.fault({ kind: 'drop', operation: 'push', next: 1 });
    await endOf(account.connect().submit(job));
    await account.quiet();
    account.switch({ answersAbout: 'another' });
    const end = await endOf(account.connect().recover(job.lost(new Date(0))));
    expect(end).toBe('provider-answer-unreadable: the status is about another correlation id');
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1 });
  });

  test('answers that leave it out are believed: they were asked for by address', async () => {
    account.switch({ answersAbout: 'nothing' });
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    await account.quiet();
    expect(await account.connect().check(job.submitted(receipt))).toMatchObject({ state: 'confirmed' });
  });
});

test.each([
  ['mint', false],
  ['mint', true],
  ['push', false],
  ['push', true],
] as const)('fault 18: no answer to the %s (carried out: %s): it may have acted', async (operation, commit) => {
  account.fault({ kind: 'drop', operation, commit });
  const end = await endOf(account.connect().submit(account.job()));
  expect(end).toBe(`provider-answer-lost: no answer to the ${operation}`);
});

test('nobody listens: it certainly did nothing', async () => {
  const gone = await startTrap();
  await gone.close();
  const nobody = { account: { baseUrl: `http://${gone.host}` } };
  const end = await endOf(account.connect(nobody).submit(account.job()));
  expect(end).toBe('provider-unreachable: no answer to the mint');
});

test.each([
  [7, 7],
  ['garbage', undefined],
  [1e9, 1e9],
] as const)('fault 16: retry-after %s is passed on as %s', async (retryAfter, seconds) => {
  account.fault({ kind: 'status', status: 429, retryAfter, operation: 'push' });
  const error: unknown = await account
    .connect()
    .submit(account.job())
    .catch((caught: unknown) => caught);
  expect(error instanceof IssuanceError && error.retryAfterSeconds).toBe(seconds);
});

test('what the provider says never gets into an error', async () => {
  account.fault({ kind: 'status', status: 400, message: 'CoolSoft B.V. is no company', operation: 'mint' });
  const error: unknown = await account
    .connect()
    .submit(account.job())
    .catch((caught: unknown) => caught);
  expect(JSON.stringify(error) + String(error)).not.toContain('CoolSoft');
});

test('claims the template does not take: refused, with nothing minted', async () => {
  const job = account.job({ claims: { id: 7 } });
  expect(await endOf(account.connect().submit(job))).toBe('provider-rejected-claims: HTTP 400 to the mint');
  expect(account.issuance(job.issuanceId)).toBeUndefined();
});

test('a template nobody knows', async () => {
  const connection = { credential: { templateId: 'unknown' } };
  const end = await endOf(account.connect(connection).submit(account.job()));
  expect(end).toBe('provider-program-not-found: HTTP 404 to the mint');
});
