/** The sandboxes of the providers that the local environment's accounts name. */
import type { ProviderName } from '../../lib/providers/registry.ts';
import { startAirKit } from './air-kit.ts';
import { startCredenco } from './credenco.ts';
import type { RunningSandbox, SandboxStart } from './running-sandbox.ts';

const starters: Record<ProviderName, (start: SandboxStart) => Promise<RunningSandbox>> = {
  'air-kit': startAirKit,
  credenco: startCredenco,
};

function starterOf(provider: string): (start: SandboxStart) => Promise<RunningSandbox> {
  const starter = Object.entries(starters).find(([name]) => name === provider)?.[1];
  if (starter === undefined) throw new Error(`There is no sandbox of ${provider}`);
  return starter;
}

/** One sandbox per account, by the account's name; each stores its state in the state folder. */
export async function startSandboxes(
  common: Omit<SandboxStart, 'account' | 'port'>,
  ports: readonly number[],
): Promise<Map<string, RunningSandbox>> {
  const started = new Map<string, RunningSandbox>();
  try {
    for (const [index, [account, { provider }]] of Object.entries(common.environment.accounts).entries()) {
      started.set(account, await starterOf(provider)({ ...common, account, port: ports[index] ?? 0 }));
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
