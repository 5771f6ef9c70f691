/** Claims against a program's schema: what is wrong is said in the schema's words, never in the sender's. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { parseEnvironment } from '../../../lib/config/load-environment.ts';
import type { Claims } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { catalogOf, programsOf } from '../../../lib/programs/programs.ts';

const noPorts = () => {
  throw new Error('No provider is called here');
};

const environment = parseEnvironment(
  JSON.stringify({
    environment: 'test',
    region: 'eu-west-1',
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
    accounts: {
      partner: {
        provider: 'air-kit',
        baseUrl: 'https://provider.example.com/v1/',
        partnerId: '00000000-0000-4000-8000-000000000001',
        issuerDid: 'did:air:id:test:issuer',
      },
    },
    programs: {
      kyc: {
        account: 'partner',
        credential: { credentialId: 'kyc' },
        claims: {
          type: 'object',
          properties: {
            verified: { type: 'boolean' },
            level: { type: 'string', enum: ['basic', 'full'] },
            since: { type: 'string', format: 'date' },
            at: { type: 'string', format: 'date-time' },
            points: { type: 'integer', minimum: 0 },
            code: { type: 'string', pattern: '^[A-Z]{2}$', maxLength: 2 },
            scores: { type: 'object', additionalProperties: { type: 'integer' } },
            list: { type: 'array', items: { type: 'string' } },
            '50%~/"': { type: 'string' },
          },
          required: ['verified'],
          additionalProperties: false,
        },
      },
    },
  }),
  'test.json',
);
const kyc = catalogOf(environment).find('kyc');

async function problem(claims: unknown): Promise<string | undefined> {
  try {
    await kyc?.checkClaims(claims as Claims);
  } catch (error) {
    if (error instanceof IssuanceError && error.code === 'claims-invalid') return error.detail;
    throw error;
  }
  return undefined;
}

describe('claims', () => {
  test('that fit are taken', async () => {
    const claims = { verified: true, level: 'full', since: '2024-02-29', at: '2026-11-22T09:00:00Z', points: 7 };
    expect(await problem({ ...claims, code: 'NL', scores: { a: 1 }, list: ['x'] })).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ['fault 35: "true" for true', { verified: 'true' }, '/verified must be of type boolean'],
    ['a missing one', {}, 'the claims object lacks verified'],
    ['one too many', { verified: true, extra: 1 }, 'the claims object has a member the schema does not know'],
    ['another value', { verified: true, level: 'gold' }, '/level must be of enum basic or full'],
    ['fault 35: 30 February', { verified: true, since: '2026-02-30' }, '/since must be of format date'],
    [
      'fault 35: 30 February with a time',
      { verified: true, at: '2026-02-30T09:00:00Z' },
      '/at must be of format date-time',
    ],
    ['fault 35: year 10000', { verified: true, since: '10000-01-01' }, '/since must be of format date'],
    ['a fraction', { verified: true, points: 1.5 }, '/points must be of type integer'],
    ['less than the least', { verified: true, points: -1 }, '/points must be of minimum 0'],
    ['null', { verified: null }, '/verified must be of type boolean'],
    ['a wrong place in a list', { verified: true, list: ['a', 2] }, '/list/1 must be of type string'],
  ])('%s', async (_name, claims, expected) => expect(await problem(claims)).toBe(expected));

  test('a name of the sender’s own is not repeated, however deep it is', async () => {
    expect(await problem({ verified: true, scores: { 'ada@example.com': 'x' } })).toContain(
      '/scores/* must be of type integer',
    );
    expect(await problem({ verified: true, scores: { 'ada@example.com': 'x' } })).not.toMatch(/ada|example/);
    expect(await problem({ verified: true, 'ada@example.com': 'x' })).not.toMatch(/ada|example/);
  });

  test('a claim with a name that needs escaping is found in the schema', async () => {
    expect(await problem({ verified: true, '50%~/"': 7 })).toMatch(/must be of type string$/);
  });

  test('at most five problems are told', async () => {
    const scores = { a: 'x' };
    const claims = { level: 1, since: 1, at: 1, points: 'x', code: 'nope', scores };
    expect((await problem(claims))?.split('; ')).toHaveLength(6);
  });
});

describe('programs', () => {
  test('are found by their own names only', () => {
    const programs = programsOf(environment, noPorts);
    expect(['constructor', '__proto__', 'toString', ''].map((name) => programs.find(name))).toEqual(
      Array(4).fill(undefined),
    );
    expect(() => programs.provider('constructor')).toThrow(expect.objectContaining({ code: 'program-removed' }));
  });

  test('that are only asked about have no provider to issue with', () => {
    expect(catalogOf(environment).find('kyc')?.name).toBe('kyc');
    expectTypeOf(catalogOf).returns.not.toHaveProperty('provider');
  });
});
