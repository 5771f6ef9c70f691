/** A provider that keeps books: what it issued to whom, also when nobody heard its answer. */
import type { Claims } from '../../lib/issuance/issuance.ts';
import type {
  LostJob,
  Provider,
  ProviderJob,
  Recovery,
  Standing,
  Submission,
  SubmittedJob,
} from '../../lib/issuance/provider.ts';
import { submission } from './scripted-provider.ts';

interface Credential {
  name: string;
  issuanceId: string;
  holder: string;
  claims: Claims;
}

export class HonestProvider implements Provider {
  readonly askingMayIssue = false;
  /** Every credential it ever issued; the last one of a holder is live. */
  readonly issued: Credential[] = [];

  async submit({ issuanceId, holder, claims }: ProviderJob): Promise<Submission> {
    const name = `credential-${this.issued.length + 1}`;
    this.issued.push({ name, issuanceId, holder, claims });
    return submission(name);
  }

  async recover({ issuanceId }: LostJob): Promise<Recovery> {
    const found = this.issued.find((credential) => credential.issuanceId === issuanceId);
    if (found === undefined) return { outcome: 'not-committed' };
    return { outcome: 'committed', submission: submission(found.name) };
  }

  async check({ receipt }: SubmittedJob): Promise<Standing> {
    if (!this.issued.some(({ name }) => name === receipt['reference'])) return { state: 'missing' };
    return { state: 'confirmed', assurance: 'on-chain' };
  }

  liveOf(holder: string): Credential | undefined {
    return this.issued.findLast((credential) => credential.holder === holder);
  }
}
