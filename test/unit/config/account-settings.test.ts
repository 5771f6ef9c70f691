/** A mistake in an account is named by its path and stops the synthesis; nothing after it is looked at. */
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../lib/config/load-environment.ts';
import { claimsWith, environmentOf } from '../../fakes/checked-environment.ts';

const programs = {
  kyc: {
    account: 'other',
    credential: { credentialId: 'kyc' },
    claims: claimsWith({ tier: { type: 'string' } }),
  },
};
const account = {
  provider: 'air-kit',
  baseUrl: 'https://provider.example.com/v1/',
  partnerId: '00000000-0000-4000-8000-000000000002',
  issuerDid: 'did:air:id:test:issuer',
};

test.each<[string, Record<string, unknown>, RegExp]>([
  ['an unknown key', { apiKey: 'none' }, /^test\.json: accounts\.other: .*"apiKey"$/],
  ['a wrong value', { partnerId: 7 }, /^test\.json: accounts\.other\.partnerId: .+$/],
  [
    'both',
    { partnerId: 7, apiKey: 'none' },
    /^test\.json: accounts\.other\.partnerId: .+\ntest\.json: accounts\.other: .*"apiKey"$/,
  ],
  ['a provider that is not there', { provider: 'nobody' }, /^test\.json: accounts\.other\.provider: .+$/],
])('%s', (_what, changes, message) => {
  const tried = () => environmentOf(programs, { other: { ...account, ...changes } });
  expect(tried).toThrow(ConfigurationError);
  expect(tried).toThrow(message);
});

test('none', () => {
  expect(environmentOf(programs, { other: account }).accounts['other']).toMatchObject({ scope: 'issue on-behalf' });
});
