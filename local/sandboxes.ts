/** The sandboxes of the providers that the local environment's accounts name. */
import { join } from 'node:path';
import type { Environment } from '../lib/config/environment.ts';
import type { ProviderName } from '../lib/providers/registry.ts';
import { type AirKitSandbox, startAirKitSandbox } from './sandbox/air-kit/start-air-kit-sandbox.ts';

/** A provider's stand-in on this machine. */
export interface RunningSandbox {
  provider: ProviderName;
  /** What the account's `baseUrl` becomes. */
  baseUrl: string;
  /** Where its switches and its inspection are. */
  origin: string;
  /** How many credentials it has issued and how many are live. */
  holdings(): { issued: number; live: number };
  stop(): Promise<void>;
}

interface SandboxStart {
  environment: Environment;
  /** Name of the account in the environment. */
  account: string;
  stateDir: string;
  port: number;
  jwksUrl: string;
}

const starters: Record<ProviderName, (start: SandboxStart) => Promise<RunningSandbox>> = {
  'air-kit': startAirKit,
};

/** One sandbox per account, by the account's name; each keeps what it holds in the state folder. */
export async function startSandboxes(
  environment: Environment,
  stateDir: string,
  ports: readonly number[],
  jwksUrl: string,
): Promise<Map<string, RunningSandbox>> {
  const started = new Map<string, RunningSandbox>();
  try {
    for (const [index, [account, { provider }]] of Object.entries(environment.accounts).entries()) {
      const start = { environment, account, stateDir, port: ports[index] ?? 0, jwksUrl };
      started.set(account, await starters[provider](start));
    }
    return started;
  } catch (error) {
    await stopSandboxes(started);
    throw error;
  }
}

export async function stopSandboxes(sandboxes: ReadonlyMap<string, RunningSandbox>): Promise<void> {
  await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.stop()));
}

/** Holders whose refusal the samples show. */
export const refusingHolder = 'refuses@example.com';

async function startAirKit({ environment, account, stateDir, port, jwksUrl }: SandboxStart): Promise<RunningSandbox> {
  const settings = environment.accounts[account] as unknown as { partnerId: string; issuerDid: string };
  const own = Object.values(environment.programs).filter((program) => program.account === account);
  const sandbox: AirKitSandbox = await startAirKitSandbox({
    port,
    stateFile: join(stateDir, `${account}.jsonl`),
    partner: { partnerId: settings.partnerId, jwksUrl },
    programs: own.map(({ credential, claims }) => ({
      credentialId: String(credential['credentialId']),
      issuerDid: settings.issuerDid,
      schema: claims,
    })),
    refusedConsent: [refusingHolder],
  });
  return {
    provider: 'air-kit',
    baseUrl: sandbox.url,
    origin: sandbox.origin,
    holdings: () => sandbox.inspect({ recent: 0 }).totals,
    stop: () => sandbox.close(),
  };
}
