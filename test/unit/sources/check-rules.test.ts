/** Rules with a mistake stop the synthesis with a message that names file, path and remedy. */
import { describe, expect, test } from 'vitest';
import { ConfigurationError, parseEnvironment } from '../../../lib/config/load-environment.ts';

const environment = {
  environment: 'dev',
  region: 'eu-west-1',
  alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
  accounts: {
    'air-kit': {
      provider: 'air-kit',
      baseUrl: 'https://api.example.com/v1',
      partnerId: '00000000-0000-4000-8000-000000000001',
      issuerDid: 'did:air:id:test:issuer',
    },
  },
  programs: {
    kyc: {
      account: 'air-kit',
      credential: { credentialId: 'kyc' },
      claims: { type: 'object', properties: { level: { type: 'string' } }, additionalProperties: false },
    },
  },
};

const rule = { name: 'passed', when: "type = 'passed'", program: "'kyc'", holder: 'email', claims: '{"level": level}' };
const source = { proof: { scheme: 'github' }, rules: [rule] };

function problemsOf(sources: unknown): string {
  try {
    parseEnvironment(JSON.stringify({ ...environment, sources }), 'config/dev.json');
    return '';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message;
  }
}

const withRule = (changes: object) => problemsOf({ shop: { ...source, rules: [{ ...rule, ...changes }] } });

test('good sources are taken', () => {
  expect(problemsOf({ shop: source })).toBe('');
});

test('a mistake in split stops the synthesis like one in a rule', () => {
  expect(problemsOf({ shop: { ...source, split: '$now()' } })).toContain('sources.shop.split: must not use $now');
  expect(problemsOf({ shop: { ...source, split: '$json(payload)' } })).toBe('');
});

describe('a rule', () => {
  test.each<[string, object, string]>([
    ['is no JSONata', { holder: 'email[' }, 'holder: is not a JSONata expression at character'],
    [
      'misspells a function',
      { holder: '$lowercse(email)' },
      'holder: $lowercse is neither a function nor a variable: correct it',
    ],
    [
      'forgets the $',
      { holder: 'lowercase(email)' },
      'holder: calls lowercase without the $ before a function’s name: write $lowercase',
    ],
    [
      'asks for the time',
      { occurredAt: '$now()' },
      'occurredAt: must not use $now: the same event has to give the same result',
    ],
    [
      'runs what it is sent',
      { claims: '$eval(code)' },
      'claims: must not use $eval: what comes in an event must never be run',
    ],
    [
      'names a program that is not there',
      { program: "'kyx'" },
      'program: names "kyx", which is no program (there are: kyc)',
    ],
    ['chooses one that is not there', { program: "a ? 'kyc' : 'kyx'" }, 'program: names "kyx", which is no program'],
    ['lets the event choose', { program: 'program' }, 'program: must be a program’s name in quotes'],
    ['has an unknown key', { holdr: 'email' }, 'sources.shop.rules.0'],
    ['lacks its holder', { holder: undefined }, 'rules.0.holder'],
    ['is far too long', { claims: `{"a": "${'x'.repeat(5000)}"}` }, 'rules.0.claims'],
  ])('that %s', (_, changes, message) => {
    const problems = withRule(changes);
    expect(problems).toContain(message);
    expect(problems).toMatch(/^config\/dev\.json: sources\.shop\.rules\.0/);
  });

  test.each([
    { holder: '($m := email; $lowercase($m))' },
    { holder: '(function($m){ $m })(email)' },
    { claims: '{"level": $event.type & $headers."x-topic" & $$.a}' },
    { claims: 'items#$i.{"level": $string($i)}' },
    { claims: 'items@$x.{"level": $x.a}' },
    { program: "vip ? 'kyc' : ('kyc')" },
  ])('that makes names of its own: %o', (changes) => {
    expect(withRule(changes)).toBe('');
  });

  test('that can never be asked', () => {
    const rules = [
      { ...rule, when: undefined },
      { ...rule, name: 'second' },
    ];
    expect(problemsOf({ shop: { ...source, rules } })).toContain(
      'rules.0.when: is missing, so the rules after this one',
    );
  });

  test('that has the name of another', () => {
    expect(problemsOf({ shop: { ...source, rules: [rule, rule] } })).toContain(
      'rules.1.name: is the name of an earlier rule',
    );
  });
});

describe('a source', () => {
  const hmac = { scheme: 'hmac', header: 'x-signature', algorithm: 'sha256', encoding: 'hex' };
  const at = { header: 'x-sent-at' };

  test.each<[string, unknown, string]>([
    ['with an unknown scheme', { ...source, proof: { scheme: 'md5' } }, 'sources.shop.proof'],
    ['with neither proof nor queue', { rules: [rule] }, 'must have a proof, for webhooks, or a queue, for messages'],
    ['without rules', { ...source, rules: [] }, 'sources.shop.rules'],
    ['with an unknown key', { ...source, secret: 'x' }, 'sources.shop'],
    [
      'whose time is not signed',
      { ...source, proof: { ...hmac, timestamp: at } },
      'proof.signed: must contain {body} once',
    ],
    [
      'whose body is not signed',
      { ...source, proof: { ...hmac, timestamp: at, signed: '{timestamp}' } },
      'proof.signed',
    ],
    ['that signs a time it has not', { ...source, proof: { ...hmac, signed: '{timestamp}.{body}' } }, 'proof.signed'],
    ['with a weak algorithm', { ...source, proof: { ...hmac, algorithm: 'md5' } }, 'proof.algorithm'],
    ['with a header in capitals', { ...source, proof: { ...hmac, header: 'X-Signature' } }, 'in lower case'],
    ['with anyone on the queue', { ...source, queue: { principals: ['*'] } }, 'must be an AWS account or an IAM ARN'],
  ])('%s', (_, settings, message) => {
    const problems = problemsOf({ shop: settings });
    expect(problems).toContain(message);
    expect(problems).toMatch(/^config\/dev\.json: sources\.shop/);
  });

  test.each(['queue', 'Shop', 'constructor.x', 'a b'])('may not be called %s', (name) => {
    expect(problemsOf({ [name]: source })).toContain(`sources.${name}`);
  });
});
