/** Every row of AIR Kit's error table, and every broken answer, against the sandbox. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { firstRing, jwksOf, turnedRing } from '../../lib/signing/key-ring.ts';
import { endOf } from '../fakes/end-of.ts';
import { AirKitAccount, jobFor } from './air-kit-account.ts';

let account: AirKitAccount;

beforeAll(async () => {
  account = await AirKitAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

const arm = (fault: Record<string, unknown>) => account.sandbox.switchboard.merge({ faults: { tried: fault } });
const submitting = (changes = {}, job = {}) => endOf(account.connect(changes).submit(jobFor(job)));

describe('issuing', () => {
  test('gives the hash as receipt, under which the credential is live', async () => {
    const job = jobFor();
    const { receipt, knownAs } = await account.connect().submit(job);
    // Its id of the person is personal data, and is not kept.
    expect(receipt).toEqual({ coreClaimHash: knownAs });
    expect(account.holding(job.holder)).toEqual({ issuedEver: 1, live: knownAs });
  });

  test.each([
    ['revoke', 2],
    ['ignore', 1],
  ] as const)('again under %s leaves one live, %i ever issued', async (onDuplicate, issuedEver) => {
    const provider = account.connect({ onDuplicate });
    const job = jobFor();
    await provider.submit(job);
    const { knownAs } = await provider.submit(job);
    expect(account.holding(job.holder)).toEqual({ issuedEver, live: knownAs });
  });
});

describe('fault 17: what the provider refuses', () => {
  test('400: claims it does not like', async () => {
    expect(await submitting({}, { claims: { kycVerified: 'yes' } })).toBe('provider-rejected-claims: HTTP 400');
  });

  test('403: the feature is off; the program belongs to another', async () => {
    account.sandbox.switchboard.merge({ issueOnBehalfAllowed: false });
    expect(await submitting()).toBe('provider-feature-disabled: HTTP 403');
    account.sandbox.switchboard.reset();
    expect(await submitting({ credentialId: 'foreign' })).toBe('provider-feature-disabled: HTTP 403');
  });

  test.each([
    ['issuer', { issuerDid: 'did:air:id:test:nobody' }],
    ['program', { credentialId: 'nothing' }],
    ['published program', { credentialId: 'draft' }],
  ])('404: no such %s', async (_what, changes) => {
    expect(await submitting(changes)).toBe('provider-program-not-found: HTTP 404');
  });

  test('409: the holder refuses', async () => {
    account.sandbox.switchboard.merge({ refusedConsent: ['refuser@example.com'] });
    expect(await submitting({}, { holder: 'refuser@example.com' })).toBe('holder-refused-consent: HTTP 409');
  });

  test.each([
    [422, 'provider-rejected-claims'],
    [408, 'provider-unavailable'],
    [425, 'provider-unavailable'],
    [429, 'provider-rate-limited'],
    [503, 'provider-unavailable-in-doubt'],
    [500, 'provider-answer-lost'],
    [502, 'provider-answer-lost'],
    [504, 'provider-answer-lost'],
    [599, 'provider-answer-lost'],
    [402, 'provider-refused-request'],
    [418, 'provider-refused-request'],
  ])('%i is %s', async (status, code) => {
    arm({ kind: 'status', status });
    expect(await submitting()).toBe(`${code}: HTTP ${status}`);
  });

  test.each([
    [429, 7, 7],
    [429, '1000000000', 1e9],
    [503, 120, 120],
    [429, 'soon', undefined],
  ])('fault 16: %i with retry-after %s', async (status, retryAfter, seconds) => {
    arm({ kind: 'status', status, retryAfter });
    const error: unknown = await account
      .connect()
      .submit(jobFor())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IssuanceError);
    expect((error as IssuanceError).retryAfterSeconds).toBe(seconds);
  });
});

describe('fault 17: an answer that is none', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['dropped', { kind: 'drop' }, 'provider-answer-lost'],
    ['dropped before the commit', { kind: 'drop', commit: false }, 'provider-answer-lost'],
    ['a web page', { kind: 'garbage', body: 'html' }, 'provider-answer-unreadable: HTTP 200'],
    ['half of the JSON', { kind: 'garbage', body: 'truncated-json' }, 'provider-answer-unreadable: HTTP 200'],
    ['cut off', { kind: 'garbage', body: 'cut-off' }, 'provider-answer-lost'],
    ['of another type', { kind: 'garbage', body: 'wrong-content-type' }, 'provider-answer-unreadable: HTTP 200'],
    ['empty', { kind: 'garbage', body: 'empty' }, 'provider-answer-unreadable: HTTP 200'],
    ['an error in a 200', { kind: 'garbage', body: 'error-in-200' }, 'provider-answer-unreadable: HTTP 200'],
    ['huge', { kind: 'garbage', body: 'huge', bytes: 5e6 }, 'provider-answer-unreadable: HTTP 200'],
    ['a gzip bomb', { kind: 'garbage', body: 'gzip-bomb', bytes: 5e7 }, 'provider-answer-unreadable: HTTP 200'],
    ['a redirect', { kind: 'redirect' }, 'provider-refused-request: HTTP 307'],
  ])('%s', async (_name, fault, end) => {
    arm(fault);
    expect(await submitting()).toBe(end);
    expect(account.sandbox.inspect().calls.byOperation['unrouted']).toBeUndefined();
  });

  test.each([{ kind: 'hang' }, { kind: 'slow-drip', everyMs: 200 }])(
    'fault 18: that takes forever: %j',
    async (fault) => {
      arm(fault);
      expect(await submitting({ deadlineMs: 700 })).toBe('provider-answer-lost');
    },
  );

  test('fault 18: because nobody listens: certainly not sent', async () => {
    const gone = await AirKitAccount.start();
    const baseUrl = gone.sandbox.url;
    await gone.close();
    expect(await submitting({ baseUrl })).toBe('provider-unreachable');
  });
});

describe('fault 24: 401', () => {
  test('makes the keys be read once more, and the call be made once more, not more often', async () => {
    const stranger = await firstRing();
    const published = account.ring;
    account.ring = stranger;
    account.ringReads = 0;
    const before = account.calls('issue');
    expect(await submitting()).toBe('provider-refused-signature: HTTP 401');
    expect(account.calls('issue') - before).toBe(2);
    account.ring = published;
  });

  test('after a rotation heals itself: the key that was published meanwhile signs the second try', async () => {
    const provider = account.connect();
    await provider.submit(jobFor());
    account.ring = await turnedRing(account.ring);
    account.version += 1;
    account.partner.publish({ keys: jwksOf(account.ring).keys.filter(({ kid }) => kid === account.ring.current.kid) });
    account.aheadMs = 6000;
    expect(await endOf(provider.submit(jobFor()))).toBe('accepted');
    account.aheadMs = 0;
    account.partner.publish(jwksOf(account.ring));
  });
});

describe('fault 46: a status about another coreClaimHash', () => {
  test('of a submitted one: no answer, though it says ONCHAIN', async () => {
    account.sandbox.switchboard.merge({ onchainDelayMs: 0, statusAbout: 'another' });
    const job = jobFor();
    const { receipt } = await account.connect().submit(job);
    const end = await endOf(account.connect().check({ ...job, receipt, begunAt: new Date() }));
    expect(end).toBe('provider-answer-unreadable: the status is about another coreClaimHash');
  });

  test.each(['upper-case', 'with-0x', 'nothing'] as const)('%s: it is the one asked about', async (statusAbout) => {
    account.sandbox.switchboard.merge({ onchainDelayMs: 0, statusAbout });
    const job = jobFor();
    const { receipt } = await account.connect().submit(job);
    expect(await account.connect().check({ ...job, receipt, begunAt: new Date() })).toMatchObject({
      state: 'confirmed',
    });
  });
});

describe('status', () => {
  const standingOf = async (switches: Record<string, unknown>) => {
    const provider = account.connect();
    const { holder, issuanceId, program, ...job } = jobFor();
    const { receipt } = await provider.submit({ ...job, holder, issuanceId, program });
    account.sandbox.switchboard.merge(switches);
    return provider.check({ issuanceId, program, holder, receipt, begunAt: new Date() });
  };

  test.each<[string, Record<string, unknown>, unknown]>([
    ['WAIT_ONCHAIN', { onchainDelayMs: 1e6 }, { state: 'pending' }],
    [
      'ONCHAIN',
      { onchainDelayMs: 0 },
      { state: 'confirmed', assurance: 'on-chain', receipt: { vcId: expect.any(String) } },
    ],
    ['a value nobody has seen', { statusValue: 'MINTING' }, { state: 'unrecognized' }],
    ['onchain in small letters', { statusValue: 'onchain' }, { state: 'unrecognized' }],
    // Not documented there; the provider's verification publishes `Revoking` and `Revoked` as results.
    ['REVOKED', { statusValue: 'REVOKED' }, { state: 'revoked' }],
    ['Revoking', { statusValue: 'Revoking' }, { state: 'revoked' }],
    ['404 shortly after', { statusNotFoundMs: 1e6 }, { state: 'missing' }],
  ])('%s', async (_name, switches, standing) => expect(await standingOf(switches)).toEqual(standing));

  test.each([
    [{ kind: 'status', status: 503 }, 'provider-unavailable: HTTP 503'],
    [{ kind: 'garbage', body: 'html' }, 'provider-answer-unreadable: HTTP 200'],
    [{ kind: 'status', status: 401 }, 'provider-refused-signature: HTTP 401'],
  ])('%j is no standing', async (fault, end) => {
    expect(await endOf(standingOf({ faults: { tried: { ...fault, operation: 'status' } } }))).toBe(end);
  });
});
