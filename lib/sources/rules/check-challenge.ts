/** Checks the challenge of a source before it is deployed, with what its proof can do. */
import { customChallenge } from '../challenges/presets.ts';
import { challengeSettings } from '../challenges/settings.ts';
import { generalSettings } from '../proofs/presets.ts';
import { type ProofSettings, proofSettings } from '../proofs/settings/proof.ts';
import type { SourceSettings } from '../settings.ts';
import { problemsOf } from './check-proof.ts';
import { checkExpression, type RuleProblem } from './check-rules.ts';

/** All problems in a source's challenge. */
export function checkChallenge({ challenge, proof }: Pick<SourceSettings, 'challenge' | 'proof'>): RuleProblem[] {
  if (challenge === undefined) return [];
  const read = challengeSettings.safeParse(challenge);
  if (!read.success) return problemsOf(read.error);
  if (proof === undefined) return [{ path: [], message: 'must not be there: the source has no proof, so no endpoint' }];
  const custom = customChallenge(read.data);
  const places = custom === undefined ? [] : [custom.value, ...custom.when.map(({ at }) => at)];
  const found = places.flatMap((at) =>
    'body' in at ? checkExpression(at.body, ['headers', 'query']).map((message) => ({ path: ['body'], message })) : [],
  );
  if (custom?.hmac !== undefined && !hasSecretKey(proof)) {
    const message = 'signs with the source’s secret, so the proof must be a signature with a secret';
    found.push({ path: ['hmac'], message });
  }
  return found;
}

/** Whether the source's secret is a key that signs; a proof with mistakes is told elsewhere. */
function hasSecretKey(proof: ProofSettings): boolean {
  const read = proofSettings.safeParse(proof);
  return !read.success || generalSettings(read.data).every(({ scheme }) => scheme === 'hmac');
}
