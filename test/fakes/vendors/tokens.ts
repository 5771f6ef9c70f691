/** Vendors that cannot sign: they send a token or a password. */
import { endpoint, type Party, randomText, token } from './party.ts';

const inPath = token((secret) => ({ url: `${endpoint}/${secret}`, pathToken: secret }));
const inHeader = (header: string, before = '') => token((secret) => ({ headers: { [header]: `${before}${secret}` } }));
const asBasic = token(
  (pair) => ({ headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }),
  () => `issuance:${randomText()}`,
);

export const tokens: Record<string, Party> = {
  Eventbrite: inPath,
  Gumroad: inPath,
  'Microsoft Graph': inPath,
  pretix: asBasic,
  Chargebee: asBasic,
  Pipedrive: asBasic,
  Xendit: inHeader('x-callback-token'),
  Okta: inHeader('authorization'),
  GitLab: inHeader('x-gitlab-token'),
  Auth0: inHeader('authorization', 'Bearer '),
};
