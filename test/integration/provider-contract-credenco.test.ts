/** Credenco's adapter keeps the contract of a provider. */
import { secrets } from '@issue-on-behalf/provider-sandboxes/test/credenco-backend';
import { describeProvider } from '../contract/provider.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import { CredencoTestAccount } from './credenco-account.ts';

/** For as long an offer that was pushed is left to its wallet. */
const exchangeMs = 11_000;

async function start(): Promise<ProviderUnderTest> {
  // Nothing that the provider has published says that a second mint under an id gives the same offer.
  const account = await CredencoTestAccount.start({ switches: { repeatedCorrelationId: 'new' } });
  const wrong = { apiKey: 'a-key-of-before' };
  return {
    connect: ({ baseUrl, ...changes } = {}) =>
      account.connect({ ...changes, ...(baseUrl !== undefined && { account: { baseUrl } }) }),
    job: () => account.job(),
    switchboard: account.sandbox.switchboard,
    calls: (operation) => account.calls(operation),
    issuedFor: ({ issuanceId }) =>
      account.sandbox
        .inspect()
        .issuances.filter(({ correlationId }) => correlationId.split('.')[0] === issuanceId)
        .reduce((sum, { credentialsIssued }) => sum + credentialsIssued, 0),
    async settle() {
      await account.quiet();
      account.aheadMs += exchangeMs;
    },
    async replaceCredentials() {
      account.secret = { ...secrets };
      account.cachedSecret = wrong;
    },
    async spoilCredentials() {
      account.secret = wrong;
      account.cachedSecret = wrong;
    },
    credentialReads: () => account.refreshes,
    secrets: () => [secrets.apiKey, wrong.apiKey],
    close: () => account.close(),
  };
}

describeProvider('Credenco', {
  acting: {
    mint: { unavailable: 'retry-later', body: 'needed' },
    push: { unavailable: 'unknown-outcome', body: 'ignored' },
  },
  askingMayIssue: false,
  assurance: 'provider-reported',
  strangeReceipt: { correlationId: 'iss_nothing' },
  answersAboutAnother: { answersAbout: 'another' },
  unseenStatus: { statusValue: 'issue_paused' },
  start,
});
