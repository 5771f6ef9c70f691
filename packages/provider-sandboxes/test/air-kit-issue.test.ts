/** The AIR Kit sandbox checks the body of an issue call, and keeps one live credential per holder and program. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AirKitSandbox } from '../src/air-kit/start-air-kit-sandbox.ts';
import {
  control,
  issue,
  issueBody,
  issuerDid,
  kycClaims,
  otherIssuerDid,
  startPartner,
  startSandbox,
  status,
  type TestPartner,
} from './air-kit-partner.ts';

let partner: TestPartner;
let sandbox: AirKitSandbox;

beforeAll(async () => {
  partner = await startPartner();
  sandbox = await startSandbox(partner.jwksUrl, { refusedConsent: ['Refuses@Example.com'] });
});

afterAll(async () => {
  await sandbox.close();
  await partner.close();
});

afterEach(() => sandbox.switchboard.reset());

async function tokenFor(email: string): Promise<string> {
  return await partner.token({ claims: { email } });
}

function programOf(email: string) {
  return sandbox.inspect({ email }).holders[0]?.programs['kyc'];
}

describe('refuses a body', () => {
  const subject = (changes: Record<string, unknown>) => issueBody({ credentialSubject: { ...kycClaims, ...changes } });

  test.each<[string, string, number, string]>([
    ['that is no JSON', '{', 400, 'the body is not valid JSON'],
    ['that is no object', '[]', 400, 'the body must be a JSON object'],
    ['without issuerDid', issueBody({ issuerDid: undefined }), 400, 'issuerDid is missing or not a string'],
    ['with a number as credentialId', issueBody({ credentialId: 7 }), 400, 'credentialId is missing or not a string'],
    [
      'with another onDuplicate',
      issueBody({ onDuplicate: 'replace' }),
      400,
      'onDuplicate must be "revoke" or "ignore"',
    ],
    ['of an unknown issuer', issueBody({ issuerDid: 'did:air:nobody' }), 404, 'issuerDid is unknown'],
    ['of an unknown program', issueBody({ credentialId: 'nothing' }), 404, 'credentialId is unknown'],
    ['of a program not published', issueBody({ credentialId: 'draft' }), 404, 'the program is not published'],
    [
      'of another issuer’s program',
      issueBody({ credentialId: 'foreign' }),
      403,
      'the program belongs to another issuer',
    ],
    ['without a subject', issueBody({ credentialSubject: undefined }), 400, 'credentialSubject must be an object'],
    ['with a list as subject', issueBody({ credentialSubject: [] }), 400, 'credentialSubject must be an object'],
    ['with a subject id', subject({ id: 'did:key:z' }), 400, 'credentialSubject.id must not be given'],
    ['with an extra field', subject({ extra: 1 }), 400, "credentialSubject.extra is not in the program's schema"],
    [
      'with __proto__',
      `${subject({}).slice(0, -2)},"__proto__":{}}}`,
      400,
      "credentialSubject.__proto__ is not in the program's schema",
    ],
    [
      'with an extra inner field',
      subject({ address: { zip: '1' } }),
      400,
      "credentialSubject.address.zip is not in the program's schema",
    ],
    [
      'with a list as value',
      subject({ open: { list: [] } }),
      400,
      'credentialSubject.open.list must be a string, an integer, a boolean or an object',
    ],
    [
      'with null as value',
      subject({ score: null }),
      400,
      'credentialSubject.score must be a string, an integer, a boolean or an object',
    ],
    ['with a fraction', subject({ open: { share: 0.5 } }), 400, 'credentialSubject.open.share must be an integer'],
    ['with 2^53', subject({ score: 2 ** 53 }), 400, 'credentialSubject.score must be an integer'],
  ])('%s', async (_name, body, code, message) => {
    const answer = await issue(sandbox, await partner.token(), body);
    expect(answer.json).toEqual({ error: code, message });
    expect(answer.status).toBe(code);
  });

  test.each([
    ['a wrong type', { kycVerified: 'true' }, /^credentialSubject\.kycVerified: .*type/],
    ['a missing field', { kycLevel: undefined }, /^credentialSubject: .*"kycLevel"/],
    ['a wrong inner type', { address: { city: 1 } }, /^credentialSubject\.address\.city: .*type/],
  ])('with %s', async (_name, changes, message) => {
    const answer = await issue(sandbox, await partner.token(), subject(changes));
    expect([answer.status, answer.json['error']]).toEqual([400, 400]);
    expect(answer.message).toMatch(message);
  });

  test('of another content type, unless it is JSON with a charset', async () => {
    const token = await partner.token();
    const plain = await issue(sandbox, token, issueBody(), { 'content-type': 'text/plain' });
    expect([plain.status, plain.message]).toEqual([400, 'content-type must be application/json']);
    const charset = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await issue(sandbox, token, issueBody(), charset)).status).toBe(200);
  });

  test('that is too large', async () => {
    const answer = await issue(sandbox, await partner.token(), subject({ kycLevel: 'x'.repeat(110_000) }));
    expect([answer.status, answer.message]).toEqual([413, 'the body is too large']);
  });

  test('before anything else when the token is wrong', async () => {
    expect((await issue(sandbox, 'x', '{')).status).toBe(401);
  });
});

test('answers 403 while the feature is off', async () => {
  await control(sandbox, 'switches', { issueOnBehalfAllowed: false });
  const answer = await issue(sandbox, await partner.token());
  expect(answer.json).toEqual({ error: 403, message: 'issueOnBehalf is not allowed' });
});

test('answers 409 for a holder who has refused, however the address is written, and creates no user', async () => {
  const users = sandbox.inspect().totals.users;
  const answer = await issue(sandbox, await tokenFor('REFUSES@example.com'));
  expect([answer.status, answer.message]).toEqual([409, 'the holder has rejected credentials from this partner']);
  expect(sandbox.inspect().totals.users).toBe(users);
  await control(sandbox, 'switches', { refusedConsent: [] });
  expect((await issue(sandbox, await tokenFor('refuses@example.com'))).status).toBe(200);
});

describe('a second credential for the same holder and program', () => {
  test('revokes the first by default, for the same user', async () => {
    const token = await tokenFor('revoke@example.com');
    const first = await issue(sandbox, token);
    const second = await issue(sandbox, await tokenFor('Revoke@example.com'), issueBody({ onDuplicate: 'revoke' }));
    expect(second.status).toBe(200);
    expect(second.json['coreClaimHash']).not.toBe(first.json['coreClaimHash']);
    expect(second.json['userUuid']).toBe(first.json['userUuid']);
    expect(programOf('revoke@example.com')).toMatchObject({
      issuedEver: 2,
      live: { coreClaimHash: second.json['coreClaimHash'], claims: kycClaims, revokedAt: null },
      revoked: [{ coreClaimHash: first.json['coreClaimHash'], status: 'REVOKED' }],
    });
    expect((await status(sandbox, token, first.json['coreClaimHash'])).json['vcStatus']).toBe('REVOKED');
  });

  test('is the first one under ignore', async () => {
    const token = await tokenFor('ignore@example.com');
    const first = await issue(sandbox, token, issueBody({ onDuplicate: 'ignore' }));
    const second = await issue(
      sandbox,
      token,
      issueBody({ onDuplicate: 'ignore', credentialSubject: { ...kycClaims, score: 9 } }),
    );
    expect(first.status).toBe(200);
    expect(second.json).toEqual(first.json);
    expect(programOf('ignore@example.com')).toMatchObject({ issuedEver: 1, live: { claims: kycClaims }, revoked: [] });
  });

  test('is a 409 under ignore when the switch says so', async () => {
    await control(sandbox, 'switches', { ignoreAnswers: 'conflict' });
    const token = await tokenFor('conflict@example.com');
    expect((await issue(sandbox, token, issueBody({ onDuplicate: 'ignore' }))).status).toBe(200);
    const second = await issue(sandbox, token, issueBody({ onDuplicate: 'ignore' }));
    expect([second.status, second.message]).toEqual([409, 'the holder has this credential already']);
    expect(programOf('conflict@example.com')?.issuedEver).toBe(1);
  });

  test('at once with many others leaves one live credential', async () => {
    const token = await tokenFor('many@example.com');
    const answers = await Promise.all(Array.from({ length: 20 }, () => issue(sandbox, token)));
    expect(new Set(answers.map(({ json }) => json['coreClaimHash'])).size).toBe(20);
    expect(programOf('many@example.com')?.revoked).toHaveLength(19);
    const { issued, revoked, live } = sandbox.inspect().totals;
    expect(live).toBe(issued - revoked);
  });

  test('is another matter for another program', async () => {
    const token = await tokenFor('two@example.com');
    await issue(sandbox, token);
    await issue(sandbox, token, issueBody({ issuerDid: otherIssuerDid, credentialId: 'foreign' }));
    const programs = sandbox.inspect({ email: 'two@example.com' }).holders[0]?.programs ?? {};
    expect(Object.keys(programs)).toEqual(['kyc', 'foreign']);
    expect(Object.values(programs).every(({ live }) => live !== null)).toBe(true);
  });
});

test('settings that cannot be are refused at the start', async () => {
  const program = { credentialId: 'a', issuerDid, schema: {} };
  await expect(startSandbox(partner.jwksUrl, { programs: [program, program] })).rejects.toThrow('may be there once');
  await expect(startSandbox(partner.jwksUrl, { switches: { nope: 1 } })).rejects.toThrow('nope');
});
