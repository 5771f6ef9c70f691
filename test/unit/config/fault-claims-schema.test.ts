/** Faults 53 and 60: a configuration that would leave claims unchecked, or credentials shared, never passes a synthesis. */
import { format } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import { checkedFormats } from '../../../lib/config/claims/keywords.ts';
import { ConfigurationError } from '../../../lib/config/load-environment.ts';
import { catalogOf } from '../../../lib/programs/programs.ts';
import { claimsWith, environmentOf, environmentWithClaims } from '../../fakes/checked-environment.ts';

function refusalOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const level = (schema: unknown, more = {}) =>
  refusalOf(() => environmentWithClaims(claimsWith({ level: schema }, more)));

describe('fault 60: a claims schema', () => {
  const at = 'test.json: programs.kyc.claims.properties.level';
  test.each<[string, unknown, string]>([
    ['a pattern that is none', { type: 'string', pattern: '[' }, `${at}.pattern: must be a regular expression`],
    ['a pattern that needs no flag u', { pattern: '\\-' }, `${at}.pattern: must be a regular expression`],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, `${at}.$ref: leads nowhere`],
    ['a reference to what is no schema', { $ref: '#/properties' }, `${at}.$ref: leads nowhere`],
    ['a reference elsewhere', { $ref: 'https://example.com/a.json' }, `${at}.$ref: must refer to a schema of the same`],
    ['a reference to a file', { $ref: 'other.json#/$defs/a' }, `${at}.$ref: must refer to a schema of the same`],
    ['a reference by name', { $ref: '#level' }, `${at}.$ref: must refer to a schema of the same document`],
    ['a reference to itself', { $ref: '#/properties/level' }, `${at}.$ref: leads back to itself`],
    ['a reference round a corner', { anyOf: [{ $ref: '#/properties/level' }] }, `${at}.anyOf.0.$ref: leads back`],
    ['an unknown keyword', { enumm: ['basic'] }, `${at}.enumm: is not a keyword`],
    ['an unknown format', { format: 'datetime' }, `${at}.format: must be a format that is checked: date, `],
    ['a format of another name', { format: 'url' }, `${at}.format: must be a format that is checked`],
    ['a format nothing checks', { format: 'idn-email' }, `${at}.format: must be a format that is checked`],
    ['an unknown type', { type: 'strng' }, `${at}.type: must be one of array, boolean, integer, null, number,`],
    ['an enum that is no list', { enum: 'basic' }, `${at}.enum: must be of type array`],
    ['a list of schemas that is none', { allOf: {} }, `${at}.allOf: must be of type array`],
    ['a schema that is a string', { items: 'string' }, `${at}.items: must be of type object or boolean`],
    ['a length below zero', { minLength: -1 }, `${at}.minLength: must be >= 0`],
    ['a keyword of an older draft', { definitions: {} }, `${at}.definitions: must be $defs`],
    ['a list of items as in older drafts', { items: [{}] }, `${at}.items: must be of type object or boolean`],
    ['a dynamic reference', { $dynamicRef: '#a' }, `${at}.$dynamicRef: must not be there`],
    ['an id', { $id: 'https://example.com/a' }, `${at}.$id: must not be there`],
    ['an encoding', { contentEncoding: 'base64' }, `${at}.contentEncoding: must not be there: nothing is checked`],
    ['a number’s keyword on a string', { type: 'string', minimum: 18 }, `${at}.minimum: has no effect on type string`],
    ['a string’s on a number', { type: ['integer', 'null'], format: 'date' }, `${at}.format: has no effect on type`],
    ['then without if', JSON.parse('{"then":{}}'), `${at}.then: has no effect without if`],
    ['if alone', { if: { type: 'string' } }, `${at}.if: has no effect without then or else`],
    ['minContains alone', { minContains: 2 }, `${at}.minContains: has no effect without contains`],
    ['a deep mistake', { items: { anyOf: [{ not: { typ: 'a' } }] } }, `${at}.items.anyOf.0.not.typ: is not a keyword`],
    ['a pattern of names', { patternProperties: { '(': {} } }, `${at}.patternProperties.(: must be a regular`],
    ['a schema of another draft', { $schema: 'x' }, `${at}.$schema: must be at the top`],
  ])('with %s is refused with its path', (_, schema, expected) => {
    const lines = level(schema);
    expect(lines.filter((line) => line.startsWith(expected))).toHaveLength(1);
  });

  test('all that is wrong is told at once, each place once', () => {
    const lines = refusalOf(() =>
      environmentWithClaims(claimsWith({ a: { enumm: [] }, b: { type: 'strng', pattern: '[' } }, { requird: ['a'] })),
    );
    expect(lines.map((line) => line.split(': ')[1])).toEqual([
      'programs.kyc.claims.requird',
      'programs.kyc.claims.properties.a.enumm',
      'programs.kyc.claims.properties.b.pattern',
      'programs.kyc.claims.properties.b.type',
    ]);
  });

  test('that names the draft, annotates, recurses and refers is taken, and its references hold', async () => {
    const odd = ['a b', 'ä/ö', '50%~', '"q"', 'x[1]^'];
    const pointer = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
    const environment = environmentWithClaims(
      claimsWith(
        {
          ...Object.fromEntries(odd.map((name, index) => [`p${index}`, { $ref: `#/$defs/${pointer(name)}` }])),
          tree: { $ref: '#/$defs/tree' },
        },
        {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          title: 'Claims',
          examples: [{ p0: 1 }],
          $defs: {
            ...Object.fromEntries(odd.map((name) => [name, { type: 'string', description: name }])),
            tree: { type: 'object', properties: { next: { $ref: '#/$defs/tree' } }, additionalProperties: false },
          },
        },
      ),
    );
    const kyc = catalogOf(environment).find('kyc');
    await kyc?.checkClaims({ ...Object.fromEntries(odd.map((_, index) => [`p${index}`, 'x'])), tree: { next: {} } });
    for (const index of odd.keys()) {
      await expect(kyc?.checkClaims({ [`p${index}`]: 7 })).rejects.toMatchObject({ code: 'claims-invalid' });
    }
    await expect(kyc?.checkClaims({ tree: { next: { nxt: {} } } })).rejects.toMatchObject({ code: 'claims-invalid' });
  });

  test.each(checkedFormats.map((name) => [name]))('may have the format %s, which is really checked', async (name) => {
    expect(format).toHaveProperty([name]);
    const kyc = catalogOf(environmentWithClaims(claimsWith({ a: { type: 'string', format: name } }))).find('kyc');
    await expect(kyc?.checkClaims({ a: '[ {' })).rejects.toMatchObject({
      code: 'claims-invalid',
      detail: `/a must be of format ${name}`,
    });
  });
});

describe('fault 53: two programs that name one credential', () => {
  const air = (credentialId: string, account = 'partner') => ({
    account,
    credential: { credentialId },
    claims: claimsWith({ a: { type: 'string' } }),
  });
  const issuer = { did: 'did:web:issuer.example.com', name: 'Issuer' };
  const other = { provider: 'credenco', baseUrl: 'https://wallet.example.com', authentication: 'oauth2', issuer };
  const wallet = (templateId: string, trust: string) => ({ ...air('', 'other'), credential: { templateId, trust } });

  test('of one account are refused with both names and what to do', () => {
    expect(refusalOf(() => environmentOf({ kyc: air('c-1'), tier: air('c-2'), again: air('c-1') }))).toEqual([
      'test.json: programs.again.credential.credentialId: names the credential of program kyc too, and kyc and again would ' +
        'revoke or replace each other’s: give one of them a credential of its own, or make them one program',
    ]);
  });

  test('is refused whatever else is different, at every provider', () => {
    const programs = { one: wallet('t-1', 'register'), two: wallet('t-1', 'assume') };
    const [line] = refusalOf(() => environmentOf(programs, { other }));
    expect(line).toMatch(/^test\.json: programs\.two\.credential\.templateId: names the credential of program one too/);
  });

  const partner = environmentOf({}).accounts['partner'] ?? expect.unreachable();
  const anotherId = '00000000-0000-4000-8000-00000000000a';

  test('of different accounts are taken', () => {
    const second = { ...partner, partnerId: anotherId };
    expect(refusalOf(() => environmentOf({ a: air('c-1'), b: air('c-1', 'second') }, { second }))).toEqual([]);
    const wallets = { other, elsewhere: { ...other, issuer: { ...issuer, did: 'did:web:elsewhere.example.com' } } };
    const programs = { one: wallet('t-1', 'assume'), two: { ...wallet('t-1', 'assume'), account: 'elsewhere' } };
    expect(refusalOf(() => environmentOf(programs, wallets))).toEqual([]);
  });

  test('under two entries of one account are refused, whatever else of the entries is different', () => {
    const one = { ...partner, partnerId: anotherId };
    const two = { ...one, partnerId: anotherId.toUpperCase(), baseUrl: 'https://other.example.com/v1', scope: 'issue' };
    const [line] = refusalOf(() => environmentOf({ a: air('c-1', 'one'), b: air('c-1', 'two') }, { one, two }));
    expect(line).toMatch(/^test\.json: programs\.b\.credential\.credentialId: names the credential of program a too/);
    const again = { ...other, authentication: 'api-key' };
    const programs = { one: wallet('t-1', 'assume'), two: { ...wallet('t-1', 'assume'), account: 'again' } };
    expect(refusalOf(() => environmentOf(programs, { other, again }))).toHaveLength(1);
  });
});
