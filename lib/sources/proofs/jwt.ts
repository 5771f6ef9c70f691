/** A JWT of the sender. Its verification is loaded with the first token: few sources send one, and every cold start would pay for it. */
import type { Proof, Scheme } from './proof.ts';
import type { JwtSettings } from './settings/proof.ts';

/** The scheme that these settings describe. */
export function jwt(settings: JwtSettings): Scheme {
  let proof: Proof | undefined;
  return {
    async proof(...input) {
      proof ??= (await import('./verify-jwt.ts')).jwtProof(settings);
      return proof(...input);
    },
    coveredId: async () => undefined,
  };
}
