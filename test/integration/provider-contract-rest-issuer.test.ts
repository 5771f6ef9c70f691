/** The REST issuer keeps the contract of a provider. */
import { describeProvider } from '../contract/provider.ts';
import { RestIssuerTestAccount } from './rest-issuer-account.ts';

describeProvider('the REST issuer', {
  acting: { issue: { unavailable: 'unknown-outcome', body: 'needed' } },
  askingMayIssue: false,
  assurance: 'provider-reported',
  strangeReceipt: { id: 'cred_99999' },
  answersAboutAnother: { answersAbout: 'another' },
  unseenStatus: { state: 'printing' },
  start: () => RestIssuerTestAccount.start(),
});
