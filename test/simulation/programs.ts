/** Two programs at AIR Kit, one that revokes and one that ignores, with the real adapter and the simulated network. */
import type { Program, Programs } from '../../lib/issuance/program.ts';
import { connectAirKit } from '../../lib/providers/air-kit/connect.ts';
import { canonicalEmail } from '../../lib/providers/air-kit/email.ts';
import { companyPrograms } from './company-programs.ts';
import { fetchOf } from './provider-calls.ts';
import { callMs } from './settings.ts';
import type { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

const account = {
  provider: 'air-kit' as const,
  baseUrl: 'https://provider.example/v1',
  partnerId: '00000000-0000-4000-8000-000000000001',
  issuerDid: 'did:air:id:test:simulated',
  scope: 'issue on-behalf',
};

const credentials = {
  tier: { credentialId: 'tier', onDuplicate: 'revoke' },
  badge: { credentialId: 'badge', onDuplicate: 'ignore' },
} as const;

function describe(name: string, coalesceSeconds: number): Program | undefined {
  if (!Object.hasOwn(credentials, name)) return undefined;
  return { name, canonicalHolder: canonicalEmail, checkClaims: async () => undefined, coalesceSeconds, slotBy: [] };
}

export function programsOf(process: VirtualProcess, world: World): Programs {
  if (world.company !== undefined) return companyPrograms(process, world, world.company);
  const ports = {
    fetch: fetchOf(process, world),
    callDeadlineMs: callMs,
    accountSecret: { read: async () => ({}), refresh: async () => ({}) },
    partnerTokens: world.containerTokens(),
    now: () => process.clock.now(),
  };
  return {
    find: (name) => describe(name, world.weather.coalesceSeconds),
    provider(name) {
      const provider = connectAirKit(account, credentials[name === 'tier' ? 'tier' : 'badge'], ports);
      return world.mutation.provider?.(provider, ports.now) ?? provider;
    },
  };
}
