/** The Credenco sandbox for an account of the local environment: its templates, a wallet that trusts us and others. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Inspection, issuerDid, startCredencoSandbox } from '@issue-on-behalf/provider-sandboxes/credenco';
import type { CredencoAccount } from '../../lib/providers/credenco/settings.ts';
import type { Holdings, RunningSandbox, SandboxStart } from './running-sandbox.ts';

/** Lists our issuer as a trusted contact from the start. */
export const trustingWallet = 'coolsoft-bv';
/** Has no contact for us until we register. */
export const registeredWallet = 'windmill-bv';
/** Never has our issuer as a contact. */
export const strangersWallet = 'tulip-bv';
/** Further wallets that trust us, for trials with many holders: `company-01` to `company-50`. */
const furtherWallets = Array.from({ length: 50 }, (_, index) => `company-${String(index + 1).padStart(2, '0')}`);

/** Name of the issuer; its DID depends on the port. */
const issuer = 'credenco';

export async function startCredenco(start: SandboxStart): Promise<RunningSandbox> {
  const { environment, account, stateDir, port } = start;
  const settings = environment.accounts[account] as CredencoAccount;
  const own = Object.values(environment.programs).filter((program) => program.account === account);
  const templates = new Map(own.map(({ credential, claims }) => [String(credential['templateId']), claims]));
  const secret = { apiKey: newSecret(), clientId: 'issue-on-behalf', clientSecret: newSecret() };
  const contact = { issuer, name: settings.issuer.name, directIssueAllowed: true };
  const sandbox = await startCredencoSandbox({
    port,
    stateFile: join(stateDir, `${account}.jsonl`),
    backend: secret,
    issuers: [issuer],
    templates: [...templates].map(([templateId, schema]) => ({
      templateId,
      name: templateId,
      issuer,
      vct: `urn:local-sandbox:${templateId}`,
      schema: { type: 'object', properties: {}, ...schema },
    })),
    wallets: [
      { externalKey: trustingWallet, trustedContacts: [contact] },
      { externalKey: registeredWallet },
      { externalKey: strangersWallet },
      ...furtherWallets.map((externalKey) => ({ externalKey, trustedContacts: [contact] })),
    ],
  });
  const { url, origin } = sandbox;
  const did = issuerDid(origin, issuer);
  return {
    provider: 'credenco',
    settings: { baseUrl: url, issuer: { ...settings.issuer, did } },
    secret,
    origin,
    holdings: () => holdingsOf(sandbox.inspect({ recent: 0 })),
    stop: () => sandbox.close(),
  };
}

function holdingsOf({ wallets }: Inspection): Holdings {
  const kept = wallets.flatMap(({ credentials }) => credentials);
  const revoked = kept.filter((credential) => credential.revoked).length;
  const discarded = wallets.flatMap((wallet) =>
    wallet.discarded.map(({ reason }) => ({ holder: wallet.externalKey, why: reason })),
  );
  return { held: kept.length - revoked, revoked, discarded };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
