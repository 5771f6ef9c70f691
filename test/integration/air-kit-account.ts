/** Our adapter of AIR Kit connected to its sandbox: real tokens, real keys, real HTTP on this machine. */

import type { AirKitSandbox, AirKitSwitches } from '@issue-on-behalf/provider-sandboxes/air-kit';
import {
  issuerDid,
  kycClaims,
  partnerId,
  startPartner,
  startSandbox,
  type TestPartner,
} from '@issue-on-behalf/provider-sandboxes/test/air-kit-partner';
import type { Fetch } from '../../lib/http/connecting-fetch.ts';
import type { LostJob, Provider, ProviderJob } from '../../lib/issuance/provider.ts';
import { connectAirKit } from '../../lib/providers/air-kit/connect.ts';
import { firstRing, jwksOf, type KeyRing } from '../../lib/signing/key-ring.ts';
import { partnerTokens } from '../../lib/signing/partner-token.ts';

export interface AccountChanges {
  credentialId?: string;
  onDuplicate?: 'revoke' | 'ignore';
  deadlineMs?: number;
  baseUrl?: string;
  issuerDid?: string;
  fetch?: Fetch;
}

export class AirKitAccount {
  readonly sandbox: AirKitSandbox;
  readonly partner: TestPartner;
  /** What the secret holds; a test may put another ring there. */
  ring: KeyRing;
  version = 1;
  ringReads = 0;
  /** How far our clock is ahead. */
  aheadMs = 0;

  private constructor(sandbox: AirKitSandbox, partner: TestPartner, ring: KeyRing) {
    this.sandbox = sandbox;
    this.partner = partner;
    this.ring = ring;
  }

  static async start(switches: Partial<AirKitSwitches> = {}): Promise<AirKitAccount> {
    const [partner, ring] = await Promise.all([startPartner(), firstRing()]);
    partner.publish(jwksOf(ring));
    const sandbox = await startSandbox(partner.jwksUrl, { switches: { jwksCacheMs: 0, ...switches } });
    return new AirKitAccount(sandbox, partner, ring);
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /** A provider of its own, as one container has it. */
  connect(changes: AccountChanges = {}): Provider {
    const { baseUrl = this.sandbox.url, credentialId = 'kyc', onDuplicate = 'revoke', deadlineMs = 20_000 } = changes;
    const account = {
      provider: 'air-kit' as const,
      baseUrl,
      partnerId,
      issuerDid: changes.issuerDid ?? issuerDid,
      scope: 'issue on-behalf',
    };
    const now = () => this.now();
    const readRing = async () => {
      this.ringReads += 1;
      return { version: String(this.version), text: JSON.stringify(this.ring) };
    };
    const noSecret = async () => ({});
    const ports = {
      fetch: changes.fetch ?? fetch,
      callDeadlineMs: deadlineMs,
      partnerTokens: partnerTokens({ readRing, now }),
      accountSecret: { read: noSecret, refresh: noSecret },
      now,
    };
    return connectAirKit(account, { credentialId, onDuplicate }, ports);
  }

  /** Ever issued and live credentials of a holder. */
  holding(email: string): { issuedEver: number; live: string | undefined } {
    const program = this.sandbox.inspect({ email }).holders[0]?.programs['kyc'];
    return { issuedEver: program?.issuedEver ?? 0, live: program?.live?.coreClaimHash };
  }

  calls(operation: string): number {
    return this.sandbox.inspect().calls.byOperation[operation]?.calls ?? 0;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.partner.close();
  }
}

let count = 0;

/** A job for a holder nobody has used. */
export function jobFor(changes: Partial<ProviderJob> = {}): ProviderJob {
  count += 1;
  const noFacts = { known: async () => false, remember: async () => undefined };
  const job = {
    issuanceId: `iss_${count}`,
    program: 'kyc',
    holder: `holder-${count}@example.com`,
    claims: kycClaims,
    progress: {},
    knownReceipts: [],
    facts: noFacts,
    keep: async () => undefined,
    ...changes,
  };
  return job;
}

/** The same job as a lost one, lost at this time. */
export function lostAt(job: ProviderJob, lostSince: Date): LostJob {
  return { ...job, lostSince };
}
