/** Programs of a test: any name that begins with `program`, all at one provider. */
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Program, Programs } from '../../lib/issuance/program.ts';
import type { Provider } from '../../lib/issuance/provider.ts';

export class SingleProgram implements Programs {
  readonly #provider: Provider;
  readonly #slotBy: readonly string[];
  readonly #coalesceSeconds: number;

  constructor(provider: Provider, slotBy: readonly string[] = [], coalesceSeconds = 0) {
    this.#provider = provider;
    this.#slotBy = slotBy;
    this.#coalesceSeconds = coalesceSeconds;
  }

  find(name: string): Program | undefined {
    if (!name.startsWith('program')) return undefined;
    return {
      name,
      slotBy: this.#slotBy,
      coalesceSeconds: this.#coalesceSeconds,
      canonicalHolder(holder) {
        if (!holder.includes('@')) throw new IssuanceError('holder-invalid', { detail: 'it must have one @' });
        return holder.toLowerCase();
      },
      async checkClaims(claims) {
        if ('wrong' in claims) throw new IssuanceError('claims-invalid', { detail: '/wrong must not be there' });
      },
    };
  }

  provider(name: string): Provider {
    if (!name.startsWith('program')) throw new IssuanceError('program-removed');
    return this.#provider;
  }
}
