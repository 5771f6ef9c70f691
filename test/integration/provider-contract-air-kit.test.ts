/** AIR Kit's adapter keeps the contract of a provider. */
import { kycClaims } from '@issue-on-behalf/provider-sandboxes/test/air-kit-partner';
import { firstRing, jwksOf, turnedRing } from '../../lib/signing/key-ring.ts';
import { describeProvider } from '../contract/provider.ts';
import type { ProviderUnderTest } from '../contract/provider-under-test.ts';
import { TestJob } from '../fakes/test-job.ts';
import { AirKitAccount } from './air-kit-account.ts';

/** A ring that was read a moment ago is not read again. */
const readAgainMs = 6000;

async function start(): Promise<ProviderUnderTest> {
  const account = await AirKitAccount.start({ onchainDelayMs: 0 });
  let holders = 0;
  const hold = (ring: typeof account.ring) => {
    account.ring = ring;
    account.version += 1;
    account.aheadMs += readAgainMs;
  };
  return {
    connect: (changes) => account.connect(changes),
    job() {
      holders += 1;
      return new TestJob({ holder: `contract-${holders}@example.com`, claims: kycClaims, begunAt: account.now() });
    },
    switchboard: account.sandbox.switchboard,
    calls: (operation) => account.calls(operation),
    issuedFor: ({ holder }) => account.holding(holder).issuedEver,
    settle: async () => undefined,
    async replaceCredentials() {
      hold(await turnedRing(account.ring));
      const { kid } = account.ring.current;
      account.partner.publish({ keys: jwksOf(account.ring).keys.filter((key) => key.kid === kid) });
    },
    spoilCredentials: async () => hold(await firstRing()),
    credentialReads: () => account.ringReads,
    // Whatever begins like this is the header of a token.
    secrets: () => [account.ring.current.d, account.ring.next.d, 'eyJ'],
    close: () => account.close(),
  };
}

describeProvider('AIR Kit', {
  acting: { issue: { unavailable: 'unknown-outcome', body: 'needed' } },
  askingMayIssue: true,
  assurance: 'on-chain',
  strangeReceipt: { coreClaimHash: 'f'.repeat(64) },
  answersAboutAnother: { statusAbout: 'another' },
  unseenStatus: { statusValue: 'MINTING' },
  start,
});
