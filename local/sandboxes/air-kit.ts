/** The AIR Kit sandbox for an account of the local environment. */
import { join } from 'node:path';
import { startAirKitSandbox } from '@issue-on-behalf/provider-sandboxes/air-kit';
import type { AirKitAccount } from '../../lib/providers/air-kit/settings.ts';
import type { RunningSandbox, SandboxStart } from './running-sandbox.ts';

/** The holder who refuses credentials in the samples. */
export const refusingHolder = 'refuses@example.com';

export async function startAirKit(start: SandboxStart): Promise<RunningSandbox> {
  const { environment, account, stateDir, port, jwksUrl } = start;
  const { partnerId, issuerDid } = environment.accounts[account] as AirKitAccount;
  const own = Object.values(environment.programs).filter((program) => program.account === account);
  const sandbox = await startAirKitSandbox({
    port,
    stateFile: join(stateDir, `${account}.jsonl`),
    partner: { partnerId, jwksUrl },
    programs: own.map(({ credential, claims }) => ({
      credentialId: String(credential['credentialId']),
      issuerDid,
      schema: claims,
    })),
    refusedConsent: [refusingHolder],
  });
  const { url, origin } = sandbox;
  const holdings = () => {
    const { live, revoked } = sandbox.inspect({ recent: 0 }).totals;
    return { held: live, revoked, discarded: [] };
  };
  const settings = { baseUrl: url };
  return { provider: 'air-kit', settings, secret: {}, origin, holdings, stop: () => sandbox.close() };
}
