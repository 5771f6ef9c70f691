/** A look-up that cannot work stops the synthesis, with the path and the remedy. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseEnvironment } from '../../../../lib/config/load-environment.ts';

type Json = Record<string, unknown>;

interface Config {
  sources: { onboarding: { lookup?: Json; rules: Json[] } };
}

function problemsWith(change: (source: Config['sources']['onboarding']) => void): string {
  const config = JSON.parse(readFileSync('config/dev.json', 'utf8')) as Config;
  change(config.sources.onboarding);
  try {
    parseEnvironment(JSON.stringify(config), 'config/dev.json');
  } catch (error) {
    return String(error);
  }
  return '';
}

const http = (changes: Json) => (source: Config['sources']['onboarding']) => {
  source.lookup = { ...source.lookup, ...changes };
};
const table = (changes: Json) => (source: Config['sources']['onboarding']) => {
  source.lookup = { type: 'dynamodb', table: 'customers', key: "{ 'pk': $key }", answer: 'email', ...changes };
};
const rule = (changes: Json) => (source: Config['sources']['onboarding']) => {
  source.rules = source.rules.map((one) => ({ ...one, ...changes }));
};

describe('a look-up is accepted', () => {
  test.each([
    ['as it is', http({})],
    [
      'with a body in place of the key in the address',
      http({ url: 'https://d.example.com/find', body: '{ "id": $key }' }),
    ],
    ['without authentication', http({ authentication: { type: 'none' } })],
    ['of a table by its name', table({})],
    ['of a table by its ARN', table({ table: 'arn:aws:dynamodb:eu-west-1:210987654321:table/people' })],
    ['on this machine', http({ url: 'http://127.0.0.1:8080/{key}', allowPrivateAddresses: true })],
  ])('%s', (_, change) => expect(problemsWith(change)).toBe(''));
});

describe('a look-up is refused', () => {
  test.each([
    ['without TLS', http({ url: 'http://directory.example.com/{key}' }), 'lookup.url: must be an https address'],
    [
      'with a user name',
      http({ url: 'https://user:pass@directory.example.com/{key}' }),
      'lookup.url: must be an https',
    ],
    ['whose key chooses the host', http({ url: 'https://{key}.example.com/' }), 'with {key} only after the host'],
    ['whose key ends the host', http({ url: 'https://directory{key}/x' }), 'with {key} only after the host'],
    ['that asks the same for everyone', http({ url: 'https://d.example.com/' }), 'lookup.url: must contain {key}'],
    ['with an unknown key', http({ method: 'GET' }), 'lookup: '],
    ['with an unknown type', http({ type: 'ldap' }), 'lookup.type: '],
    [
      'with a header in capitals',
      http({ authentication: { type: 'header', header: 'X-Key' } }),
      'lookup.authentication.header',
    ],
    ['with a typo in its answer', http({ answer: 'contact.' }), 'lookup.answer: '],
    [
      'with an unknown variable',
      http({ answer: '$kye' }),
      '$kye is neither a function nor a variable: correct it (there are $key and',
    ],
    ['with the event in its body', http({ body: '{ "id": $event.id }' }), 'lookup.body: $event is neither'],
    ['that reads the time', table({ key: "{ 'pk': $now() }" }), 'lookup.key: must not use $now'],
    [
      'in another region',
      table({ table: 'arn:aws:dynamodb:us-east-1:210987654321:table/people' }),
      'lookup.table: must be in',
    ],
    [
      'of all tables',
      table({ table: 'arn:aws:dynamodb:eu-west-1:210987654321:table/*' }),
      'lookup.table: must be the name',
    ],
    ['that no rule uses', rule({ lookup: undefined, holder: 'externalUserId' }), 'lookup: is used by no rule'],
  ])('%s', (_, change, message) => {
    const problems = problemsWith(change);
    expect(problems).toContain(`config/dev.json: sources.onboarding.`);
    expect(problems).toContain(message);
  });
});

describe('a rule is refused', () => {
  test.each([
    ['with both a holder and a look-up', rule({ holder: 'externalUserId' }), 'rules.0.lookup: is there beside holder'],
    ['with neither', rule({ lookup: undefined }), 'rules.0.holder: is missing'],
    [
      'with a look-up in no directory',
      (source: Config['sources']['onboarding']) => {
        delete source.lookup;
      },
      'rules.0.lookup: needs a lookup of the source',
    ],
  ])('%s', (_, change, message) => expect(problemsWith(change)).toContain(message));
});
