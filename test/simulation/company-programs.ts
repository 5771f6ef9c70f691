/** Two programs at Credenco, with the real adapter and the simulated network. */
import type { Programs } from '../../lib/issuance/program.ts';
import { connectCredenco } from '../../lib/providers/credenco/connect.ts';
import { canonicalWalletKey } from '../../lib/providers/credenco/wallet-key.ts';
import { type OfferModel, origin } from './offer-model.ts';
import { sendOver } from './provider-calls.ts';
import { callMs, mark } from './settings.ts';
import type { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

const account = {
  provider: 'credenco' as const,
  baseUrl: origin,
  authentication: 'api-key' as const,
  issuer: { did: 'did:web:company.example', name: 'Simulated' },
};

export function companyPrograms(process: VirtualProcess, world: World, company: OfferModel): Programs {
  const read = async () => ({ apiKey: mark });
  const ports = {
    fetch: fetchOf(process, world, company),
    callDeadlineMs: callMs,
    accountSecret: { read, refresh: read },
    partnerTokens: world.containerTokens(),
    now: () => process.clock.now(),
  };
  return {
    find: (name) => ({
      name,
      // The senders sometimes write a holder in capitals.
      canonicalHolder: (holder) => canonicalWalletKey(holder).toLowerCase(),
      checkClaims: async () => undefined,
      coalesceSeconds: world.weather.coalesceSeconds,
      slotBy: [],
    }),
    provider(name) {
      const provider = connectCredenco(account, { templateId: name, trust: 'assume' }, ports);
      return world.mutation.provider?.(provider, ports.now) ?? provider;
    },
  };
}

function fetchOf(process: VirtualProcess, world: World, company: OfferModel): typeof fetch {
  return (input, init) => {
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const serve = () => {
      const answer = company.serve(method, url, body);
      return world.mutation.believesAnyAnswer ? { ...answer, json: unnamed(answer.json) } : answer;
    };
    return sendOver(process, world, `${method} ${url.pathname}`, serve);
  };
}

/** An answer that does not say what it is about, so that nobody can tell. */
function unnamed(json: unknown): unknown {
  return typeof json === 'object' && json !== null ? { ...json, correlation_id: undefined } : json;
}
