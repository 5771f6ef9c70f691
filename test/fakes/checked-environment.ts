/** An environment of one AIR Kit account, parsed as at a synthesis, for tests of programs and their claims. */
import type { Environment } from '../../lib/config/environment.ts';
import { parseEnvironment } from '../../lib/config/load-environment.ts';

const account = {
  provider: 'air-kit',
  baseUrl: 'https://provider.example.com/v1/',
  partnerId: '00000000-0000-4000-8000-000000000001',
  issuerDid: 'did:air:id:test:issuer',
};

/** Throws ConfigurationError, as a synthesis does. */
export function environmentOf(programs: Record<string, unknown>, accounts: Record<string, unknown> = {}): Environment {
  const environment = {
    environment: 'test',
    region: 'eu-west-1',
    alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
    accounts: { partner: account, ...accounts },
    programs,
  };
  return parseEnvironment(JSON.stringify(environment), 'test.json');
}

/** A schema of claims with these properties and nothing else. */
export function claimsWith(properties: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

/** The environment of one program, `kyc`, with this claims schema. */
export function environmentWithClaims(claims: unknown): Environment {
  return environmentOf({ kyc: { account: 'partner', credential: { credentialId: 'kyc' }, claims } });
}
